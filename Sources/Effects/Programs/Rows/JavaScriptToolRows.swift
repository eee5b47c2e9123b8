// SPDX-License-Identifier: Apache-2.0

/// Tools of JavaScript projects: compilers, bundlers, linters, test runners, servers, small helpers of scripts.
enum JavaScriptToolRows {
    static let text = #"""
        # The configuration holds no code, but says where is written.
        tsc, vue-tsc, tsgo, tspc, svelte-check
          style: single
          any-option: plain
          option: -p --project --extends -project -b -build --build project-part
          option: -outDir --outDir -declarationDir --declarationDir --rootDir -rootDir --generateTrace write-tree
          option: -outFile --outFile -out --out -tsBuildInfoFile --tsBuildInfoFile --generateCpuProfile write
          option: -t --target -m --module --lib --jsx --moduleResolution --types --typeRoots --baseUrl --locale inert
          operands: beside...
          always: write-tree . ; project

        # Configurations, plug-ins and tests are the project's code.
        ts-node, ts-node-esm, ts-node-script, ts-node-transpile-only, ts-node-dev, tsnd, tsx, esno, esr, esmo, sucrase-node, babel-node, swc-node, jiti, vite-node, zx, coffee, livescript, lsc, ts-script
          any-option: plain
          stops: yes
          option: -e --eval -p --print code:node ; no-input
          option: -r --require --import --loader --experimental-loader --env-file -C --cwd-mode code-file
          option: -P --project --tsconfig read
          option: -O --compiler-options -I --ignore --conditions inert
          operands: code-file inert...
          input: code:node

        jest, vitest, mocha, _mocha, ava, tap, tape, uvu, jasmine, karma, qunit, wtr, web-test-runner, bun-test, borp, poku, stryker, cypress, nightwatch, wdio, testcafe, codeceptjs, cucumber-js, cucumber, backstop, loki, test-storybook, newman, artillery, k6, ospec, brittle
          any-option: plain
          option: -c --config --setupFile --setupFilesAfterEnv --globalSetup --globalTeardown --resolver --runner --testRunner --reporters --reporter -R --require -r --import --loader --transform --preset --env-file --environment --file configuration
          option: --outputFile --output-file -o --output --json-report write
          option: --coverageDirectory --coverage.reportsDirectory --cacheDirectory --cacheDir --attachmentsDir --reports-dir write-tree
          option: --rootDir --root --dir --cwd directory
          option: -t --testNamePattern --testPathPattern --testPathPatterns --testPathIgnorePatterns -g --grep -f --fgrep -w --maxWorkers --shard --seed --timeout --testTimeout --retries --bail --mode --project --selectProjects --env --browser --pool --spec --concurrency --match -m --findRelatedTests inert
          operands: project-part...
          always: project

        eslint, eslint_d, standard, xo, ts-standard, semistandard, stylelint, oxlint, tslint, jshint, jscs, htmlhint, textlint, markdownlint, markdownlint-cli2, solhint, ls-lint, eclint, editorconfig-checker, alex, write-good, cspell, jsonlint
          any-option: plain
          flag: --fix --fix-suggestions --write ; modify
          flag: --stdin --init --print-config --version --help --env-info
          option: -o --output-file --output write
          option: --cache-location --cache-file write
          option: -c --config --rulesdir --resolve-plugins-relative-to --parser --plugin --custom-formatter --custom-syntax --config-basedir code-file
          option: --ignore-path -i --dictionary -p --ignore-file read
          option: -f --format --formatter --ext --ignore-pattern --rule --rules --env --global --max-warnings --parser-options --report-unused-disable-directives-severity --cache-strategy --stdin-filename --locale --words-only inert
          operands: read-tree...
          always: project

        remark, rehype, commitlint, secretlint, lockfile-lint, publint, attw, knip, depcheck, madge, ts-prune, ts-unused-exports, unimported, dependency-cruise, depcruise, license-checker, sherif, syncpack, manypkg, markdown-link-check, remark-cli, ajv, spectral, redocly, swagger-cli, openapi, type-coverage, size-limit, bundlesize, bundlewatch, api-extractor, are-the-types-wrong, npmPkgJsonLint, npm-package-json-lint, package-lock-lint
          any-option: plain
          flag: --fix --fix-suggestions --write ; modify
          option: -o --output-file --output --output.path write
          option: --cache-location --cache-file write
          option: -c --config --rulesdir --resolve-plugins-relative-to --parser --plugin --custom-formatter --custom-syntax --config-basedir -u --use code-file
          option: --ignore-path -i --dictionary read
          option: -f --format --formatter --ext --ignore-pattern --rule --env --global --max-warnings --parser-options --report-unused-disable-directives-severity --cache-strategy --from --to --edit --schema -s -d inert
          operands: plain-read...
          always: project

        prettier, prettierd, prettier-eslint, js-beautify, dprint, prettier-package-json
          any-option: plain
          flag: -w --write --replace ; modify
          option: --config -c --plugin --plugin-search-dir -t --transform code-file
          option: --ignore-path --stdin-filepath read
          option: -o --output --cache-location write
          option: --parser --tab-width --print-width --quote-props --trailing-comma --end-of-line --log-level --loglevel --prose-wrap -l --list-different inert
          operands: read-tree...
          always: project

        biome, rome
          any-option: plain
          subcommands: yes

        biome check, biome format, biome lint, biome ci, biome search, biome migrate, biome init, biome start, biome stop, biome explain, biome lsp-proxy, biome rage, biome clean, biome version, rome check, rome format, rome lint, rome ci, rome init, rome start, rome stop, rome migrate
          any-option: plain
          flag: --write --fix --apply --apply-unsafe --unsafe ; modify
          option: --config-path read
          option: --reporter-file write
          option: --stdin-file-path --max-diagnostics --diagnostic-level --reporter --log-level --log-kind --indent-style --line-width --only --skip --since inert
          operands: read-tree...

        sort-package-json, fixpack, import-sort, organize-imports-cli, imagemin, jscodeshift, lebab, codemod, ts-migrate
          any-option: plain
          option: -t --transform --config --plugin code-file
          option: --parser --extensions --ignore-pattern inert
          operands: modify-tree...
          always: project

        # Bundlers, frameworks and their servers.
        webpack, webpack-cli, webpack-dev-server, vite, rollup, parcel, snowpack, wmr, next, nuxt, nuxi, nuxt-cli, astro, docusaurus, gatsby, remix, react-router, react-router-serve, remix-serve, react-scripts, craco, ng, vue-cli-service, vue, svelte-kit, sapper, quasar, ionic, expo, eas, react-native, cap, capacitor, cordova, electron, electron-builder, electron-forge, electron-vite, tauri, storybook, start-storybook, build-storybook, sb, vitepress, vuepress, eleventy, hexo, gridsome, hugo, gulp, grunt, brunch, broccoli, ember, meteor, nest, strapi, sails, adonis, ace, medusa, payload, keystone, redwood, rw, blitz, waku, solid-start, vinxi, nitro, nitropack, qwik, lit, stencil, polymer, preact, aurelia, tsup, tsdown, unbuild, microbundle, bunchee, pkgroll, ncc, nexe, rslib, rsbuild, rspack, farm, mako, umi, max, builder-bob, preconstruct, tsdx, ng-packagr, typedoc, jsdoc, documentation, esdoc, compodoc, mint, mintlify, slidev, marp, reveal-md, spectacle, graphql-codegen, gql-gen, graphql-inspector, openapi-generator, openapi-generator-cli, openapi-typescript, openapi-ts, orval, swagger-typescript-api, json2ts, quicktype, protoc-gen-ts, ts-proto, prisma, drizzle-kit, knex, sequelize, sequelize-cli, typeorm, mikro-orm, db-migrate, node-pg-migrate, kysely, plop, hygen, yo, changeset, semantic-release, release-it, standard-version, commit-and-tag-version, np, release-please, auto, conventional-changelog, commitizen, cz, git-cz, lint-staged, husky, simple-git-hooks, lefthook, patch-package, only-allow, check-node-version, node-gyp, node-pre-gyp, prebuild, prebuildify, napi, lerna, nx, rushx, turbo, wireit, moon, oao, ultra, wsrun, npm-run-all, npm-run-all2, run-s, run-p, run-z, npm-watch, tsc-watch, tsc-alias, ttsc, ttypescript, resolve-tspaths, linaria, panda, unocss, windicss, tailwind, tailwindcss, tailwindcss-cli, postcss, autoprefixer, cssnano, purgecss, critical, node-sass, workbox, workbox-cli, pwa-asset-generator, web-ext, plasmo, wxt, crx, vsce, ovsx, hereby, jake, just-scripts, backfill, beachball, lage, bit, modern, zuplo, partykit, shopify, theme-check, sanity, contentful, ghost, directus, n8n, node-red, hardhat, truffle, ganache, graph, wagmi, solc, swc, spack, babel, sucrase, esm, terser, uglifyjs, csso, cleancss, html-minifier, html-minifier-terser, minify, ttf2woff2, svgr, svg-sprite, svelte, i18next, i18next-scanner, formatjs, lingui, license-report, generate-license-file, all-contributors, gh-pages, angular-cli-ghpages, surge-local, yalc, relative-deps, npm-check, jsr, verdaccio, dts-bundle-generator, rollup-plugin-dts, api-documenter, expo-cli, ts-json-schema-generator, typescript-json-schema, jscpd, plato, tsm
          any-option: plain
          option: -c --config configuration
          option: --plugin -p --require -r --import --env-file -e --environment plain
          option: -o --out --output --outfile --outDir --out-dir --outdir --output-path --dist --dist-dir -d --dir --dest plain
          option: --port --host --mode -m --base --target -t --format -f --name -n --filter --env --scope --tag --message inert
          operands: plain...
          always: project

        esbuild
          any-option: plain
          option: --outfile --metafile --certfile --keyfile write
          option: --outdir write-tree
          option: --servedir read-tree
          option: --tsconfig --inject --alias read
          option: --serve --target --platform --format --external --define --loader --main-fields --conditions --global-name inert
          operands: read...
          always: project

        stylus
          any-option: plain
          option: -u --use code-file
          option: -o --out write-tree
          option: -I --include --include-path --import read
          flag: -C --css ; operands read write
          flags: -w -c -p -d -r -f -l -i
          operands: beside...

        lessc
          any-option: plain
          option: --plugin code-file
          option: --include-path read
          option: --source-map-rootpath --source-map-basepath --rootpath --url-args --math --global-var --modify-var inert
          flag: --js ; project
          operands: read-or-url write

        sass, scss
          any-option: plain
          option: -I --load-path --include-path read
          option: -s --style --charset inert
          option: --plugin --functions --importer code-file
          operands: mapped-read mapped-write...

        svgo
          any-option: plain
          option: -i --input read
          option: -o --output write
          option: -f --folder modify-tree
          option: --config code-file
          operands: modify...

        # Small helpers of package scripts.
        rimraf, del, del-cli
          any-option: yes
          option: --tmp --impl --max-retries --retry-delay inert
          operands: delete-tree...

        mkdirp, make-dir, mkdirp-cli
          any-option: yes
          option: -m --mode inert
          operands: write...

        copyfiles, cpx, cpx2, cpy, ncp, cpr, copy-files-from-to, recursive-copy, sync-files, syncdir
          any-option: plain
          option: -u --up -e --exclude -c --command inert
          operands: read-tree... write-tree

        move-cli, mv-cli, renamer
          any-option: plain
          operands: modify...

        shx
          stops: yes
          operands: command...

        # It has no options of its own: all that follows the program is the program's.
        cross-env
          stops: yes
          handler: environment-command

        env-cmd, dotenv, dotenvx, cross-env-shell, dotenv-cli, dotenv-flow
          handler: environment-command

        concurrently, conc
          any-option: plain
          option: -n --names --name-separator -c --prefix-colors -p --prefix -l --prefix-length -m --max-processes --restart-tries --restart-after --handle-input --default-input-target --hide --success --timestamp-format --kill-signal inert
          operands: concurrent...

        nodemon, node-dev, supervisor, forever, pm2, pm2-runtime, strongloop, naught
          any-option: plain
          handler: monitored
          option: -x --exec inert
          option: -r --require code-file
          option: -w --watch -i --ignore -e --ext -d --delay -s --signal -C --cwd --name -n --instances --config --max-memory-restart --log -l --output -o --error --pid inert
          operands: plain...
          always: project

        wait-on, start-server-and-test, wait-port
          any-option: plain
          option: -c --config read
          option: -t --timeout -i --interval -d --delay -w --window -s --simultaneous inert
          operands: plain...
          always: project

        fkill
          style: none
          handler: signal
          operands: any

        kill-port, detect-port, get-port, is-ci, is-port-reachable, npm-name, semver, uuid, nanoid, json5, mime, which-pm-runs, envinfo, node-which, node-semver, fast-cli, tree-cli, tree-node-cli, figlet-cli, public-ip-cli
          any-option: yes
          operands: any

        c8, nyc, istanbul, clinic, 0x
          any-option: plain
          option: --reporter -r -x --exclude -n --include --lines --branches --functions --statements inert
          option: --report-dir --temp-dir --temp-directory -o --reports-dir write-tree
          stops: yes
          operands: command...

        # A server of these files for this machine's browser, as the frameworks' own are.
        serve, http-server, live-server, static-server, light-server, lite-server, browser-sync, sirv, servor, ws-server, json-server, superstatic, local-web-server, reload
          any-option: plain
          option: -l --listen -p --port -a --address -H --host -T --cors -c --cache -d --proxy -e --ext -t inert
          option: --ssl-cert --ssl-key --config --cert --key -C -K read
          operands: read-tree...
          default: read-tree .

        degit, tiged, giget, gitpick
          any-option: yes
          operands: npm-package write-tree
          always: url https://github.com

        npm-check-updates, ncu
          any-option: plain
          option: --packageFile modify
          option: -f --filter -x --reject -t --target --packageManager --dep --registryType inert
          option: -r --registry url
          operands: any
          always: url https://registry.npmjs.org
          always: project

        playwright
          any-option: plain
          subcommands: yes

        playwright test, playwright show-report, playwright show-trace, playwright merge-reports, playwright clear-cache, playwright codegen, playwright open, playwright screenshot, playwright pdf, playwright install, playwright install-deps, playwright uninstall, playwright run-server, playwright cr, playwright ff, playwright wk, playwright init-agents
          any-option: plain
          option: -o --output --save-har --save-storage write
          option: -c --config --load-storage read
          option: -g --grep --grep-invert -j --workers --project --retries --reporter --shard --timeout --trace -b --browser --channel --device --color-scheme --lang --viewport-size --target inert
          operands: plain...
          always: project

        lighthouse, pa11y, puppeteer, percollate, single-file, capture-website
          any-option: plain
          option: --output-path -o --output write
          option: --config-path --config -c code-file
          option: --chrome-flags --preset --only-categories --view inert
          operands: url...
          always: project
        """#
}
