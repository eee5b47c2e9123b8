// SPDX-License-Identifier: Apache-2.0

/// JavaScript's package managers and run times besides node itself. Installing runs the packages' scripts, which is the
/// project's code: its manifest names them. Building, testing and running a script are too. What is said on the command
/// line besides is said here: registries, other places of packages, files.
enum JavaScriptRows {
    /// Every npm command takes every setting of npm as an option.
    private static let npmOptions = #"""
          any-option: plain
          option: --prefix -C --dir --cwd directory
          flags: -g --global --user --save --save-dev --dry-run --json --yes --if-present --workspaces
          option: --registry --https-proxy --proxy --noproxy --http-proxy url
          option: --userconfig --globalconfig project-part
          option: --cafile --cert --key read
          option: --script-shell --shell --git --editor --viewer --browser program
          option: --node-options opaque:code
          option: --init-module code-file
          option: --cache --logs-dir --store-dir --modules-folder --cache-folder --pack-destination --global-folder --virtual-store-dir write
          option: -w --workspace --filter -F --scope --tag --otp --access --omit --include --only --loglevel --depth --before inert
          option: --audit-level --install-strategy --sbom-format --sbom-type --message -m --preid --cpu --os --libc inert
          option: --user-agent --fetch-timeout --fetch-retries --network-timeout --network-concurrency --mutex --searchopts inert
          option: --searchexclude --searchlimit --init-version --init-license --init-author-name --init-type --expect-results inert
        """#

    static let text = #"""
        npm
        \#(npmOptions)
          inherit: yes
          subcommands: yes

        npm install, npm i, npm add, npm in, npm ins, npm inst, npm insta, npm instal, npm isnt, npm isnta, npm isntal, npm isntall, npm ci, npm clean-install, npm ic, npm install-clean, npm isntall-clean, npm update, npm up, npm upgrade, npm udpate, npm link, npm ln, npm install-test, npm it, npm install-ci-test, npm cit, npm sit, npm clean-install-test
          operands: npm-package...
          always: url https://registry.npmjs.org
          always: project
          always: write node_modules

        npm uninstall, npm un, npm unlink, npm remove, npm rm, npm r, npm dedupe, npm ddp, npm rebuild, npm rb, npm prune, npm shrinkwrap, npm version, npm verison, npm set-script
          operands: any
          always: project
          always: write node_modules

        npm audit, npm outdated, npm view, npm v, npm info, npm show, npm search, npm s, npm se, npm find, npm ping, npm whoami, npm doctor, npm stars, npm star, npm unstar, npm fund, npm dist-tag, npm dist-tags, npm access, npm owner, npm author, npm team, npm org, npm ogr, npm hook, npm profile, npm token, npm deprecate, npm undeprecate, npm unpublish, npm login, npm adduser, npm add-user, npm logout, npm diff, npm trust, npm stage
          subcommands: some
          operands: any
          always: url https://registry.npmjs.org

        npm audit fix
          operands: any
          always: url https://registry.npmjs.org
          always: project

        npm publish, npm pack
          operands: npm-package...
          always: url https://registry.npmjs.org
          always: project

        npm run, npm run-script, npm rum, npm urn, npm test, npm t, npm tst, npm start, npm stop, npm restart
          operands: outside...
          always: project

        npm exec, npm x
          option: -p --package npm-package
          option: -c --call shell
          always: url https://registry.npmjs.org
          handler: package-runner

        npm init, npm create, npm innit
          handler: package-initializer

        npm explore
          operands: inert command...
          always: project

        npm edit
          operands: any
          always: project

        npm docs, npm home, npm repo, npm bugs, npm issues
          operands: any
          always: url https://registry.npmjs.org

        npm ls, npm list, npm la, npm ll, npm explain, npm why, npm query, npm root, npm prefix, npm bin, npm help, npm help-search, npm hlep, npm completion, npm sbom, npm find-dupes, npm get
          operands: any

        npm cache
          operands: plain...

        npm pkg
          operands: any
          always: write package.json

        npm config, npm c, npm set
          handler: npm-config

        npx, bunx, pnpx, pnx
        \#(npmOptions)
          stops: yes
          option: -p --package npm-package
          option: -c --call shell
          flags: -y --no --no-install -q --quiet --ignore-existing --bun
          always: url https://registry.npmjs.org
          handler: package-runner

        pnpm
        \#(npmOptions)
          inherit: yes
          subcommands: yes
          unknown: project

        pnpm install, pnpm i, pnpm add, pnpm update, pnpm up, pnpm upgrade, pnpm import, pnpm fetch, pnpm install-test, pnpm it, pnpm link, pnpm ln, pnpm deploy, pnpm self-update, pnpm patch, pnpm patch-commit, pnpm patch-remove, pnpm rebuild, pnpm rb, pnpm ci, pnpm clean-install
          operands: npm-package...
          always: url https://registry.npmjs.org
          always: project
          always: write node_modules

        pnpm remove, pnpm rm, pnpm uninstall, pnpm un, pnpm unlink, pnpm prune, pnpm dedupe, pnpm approve-builds, pnpm ignored-builds, pnpm version, pnpm catalog
          operands: any
          always: project
          always: write node_modules

        pnpm audit, pnpm outdated, pnpm view, pnpm info, pnpm show, pnpm search, pnpm whoami, pnpm ping, pnpm login, pnpm logout, pnpm owner, pnpm access, pnpm dist-tag, pnpm doctor, pnpm env, pnpm runtime
          operands: any
          always: url https://registry.npmjs.org

        pnpm publish, pnpm pack
          operands: plain...
          always: url https://registry.npmjs.org
          always: project

        pnpm dlx, pnpm create
          always: url https://registry.npmjs.org
          handler: package-runner

        pnpm exec
          stops: yes
          operands: command...
          always: project

        pnpm store
          subcommands: some
          operands: any

        pnpm store add
          always: url https://registry.npmjs.org
          operands: npm-package...

        pnpm ls, pnpm list, pnpm la, pnpm ll, pnpm why, pnpm root, pnpm bin, pnpm licenses, pnpm init, pnpm help, pnpm completion, pnpm cat-file, pnpm cat-index, pnpm find-hash, pnpm pkg, pnpm cache, pnpm server
          operands: any

        pnpm config, pnpm c, pnpm set, pnpm get
          handler: npm-config

        # Without a subcommand: install.
        yarn, yarnpkg
          same-as: yarn
        \#(npmOptions)
          inherit: yes
          subcommands: yes
          unknown: project
          default: url https://registry.npmjs.org
          always: project

        yarn install, yarn add, yarn up, yarn upgrade, yarn upgrade-interactive, yarn import, yarn link, yarn global, yarn dedupe, yarn rebuild, yarn generate-lock-entry, yarn unplug, yarn patch, yarn patch-commit, yarn plugin, yarn set, yarn self-update
          operands: npm-package...
          always: url https://registry.npmjs.org
          always: project
          always: write node_modules

        yarn remove, yarn unlink, yarn autoclean, yarn version, yarn constraints, yarn stage
          operands: any
          always: project
          always: write node_modules

        yarn audit, yarn outdated, yarn info, yarn npm, yarn whoami, yarn login, yarn logout, yarn owner, yarn tag, yarn team, yarn access, yarn versions
          operands: any
          always: url https://registry.npmjs.org

        yarn publish, yarn pack
          option: -o --out --filename -f write
          operands: plain...
          always: url https://registry.npmjs.org
          always: project

        yarn dlx, yarn create
          always: url https://registry.npmjs.org
          handler: package-runner

        yarn exec
          stops: yes
          operands: command...
          always: project

        yarn node
          stops: yes
          operands: code-file inert...
          always: project

        # What is said behind a workspace's name, or behind options for all of them, is another command of yarn's.
        yarn workspace, yarn workspaces
          style: none
          handler: yarn-workspace
          always: project

        yarn why, yarn list, yarn licenses, yarn bin, yarn cache, yarn check, yarn help, yarn explain, yarn init, yarn search
          operands: any
          always: project

        yarn policies
          operands: project-part...
          always: project

        yarn config
          handler: npm-config

        bun
          any-option: plain
          option: -e --eval -p --print code:node
          option: -r --preload --require --import -c --config --tsconfig-override --env-file code-file
          option: --cwd directory
          option: --registry url
          option: -d --define -l --loader --filter --port --conditions inert
          inherit: yes
          subcommands: yes
          handler: run-time

        bun install, bun i, bun add, bun a, bun update, bun link, bun upgrade, bun create, bun c
          operands: npm-package...
          always: url https://registry.npmjs.org
          always: project
          always: write node_modules

        bun remove, bun rm, bun unlink, bun patch, bun patch-commit
          operands: any
          always: project
          always: write node_modules

        bun exec
          operands: shell inert...
          always: project

        bun run, bun test, bun repl, bun dev
          option: -e --eval -p --print code:node
          operands: script inert...
          always: project

        bun x
          always: url https://registry.npmjs.org
          handler: package-runner

        bun build
          any-option: plain
          option: --outdir write-tree
          option: --outfile --metafile write
          option: --target --format --external -e --define --minify --splitting --sourcemap --public-path --entry-naming --loader --banner --footer --root --env inert
          operands: read...
          always: project

        bun outdated, bun publish, bun audit, bun info
          operands: plain...
          always: url https://registry.npmjs.org
          always: project

        bun pm, bun init, bun completions, bun why, bun discord, bun feedback
          operands: any
          always: project

        corepack
          any-option: plain
          subcommands: yes

        corepack enable, corepack disable, corepack prepare, corepack use, corepack up, corepack install, corepack pack, corepack hydrate, corepack cache
          any-option: plain
          option: -o --output --install-directory write
          operands: any
          always: url https://registry.npmjs.org
          always: project

        corepack npm, corepack npx, corepack pnpm, corepack pnpx, corepack yarn, corepack yarnpkg
          handler: reenter

        deno
          any-option: plain
          subcommands: yes
          handler: run-time

        deno run, deno serve, deno watch
          any-option: plain
          option: -c --config --import-map --preload --import project-part
          option: --env-file -r --lock --cert read
          option: --v8-flags --location --seed --host --port --inspect inert
          stops: yes
          operands: script plain...
          always: project

        deno eval
          any-option: plain
          option: --ext inert
          operands: code:node

        deno repl
          any-option: plain
          option: --eval code:node
          option: --eval-file code-file
          operands: none
          input: code:node

        deno task, deno test, deno bench, deno check, deno cache, deno compile, deno bundle, deno transpile, deno install, deno i, deno add, deno remove, deno rm, deno uninstall, deno update, deno outdated, deno audit, deno approve-scripts, deno vendor, deno publish, deno upgrade, deno jupyter, deno deploy, deno sandbox, deno x, deno create, deno ci, deno pack
          any-option: plain
          option: -o --output --outdir --junit-path write
          option: --coverage write-tree
          option: -c --config --import-map project-part
          option: --env-file --lock --cert read
          option: --filter --ext --target --name -n --root --tag inert
          operands: plain...
          always: url https://jsr.io
          always: project

        deno fmt
          any-option: plain
          flag: --check ; operands read-tree...
          option: -c --config --ignore read
          option: --ext --line-width --indent-width --prose-wrap inert
          operands: modify-tree...
          default: modify-tree .

        deno lint, deno doc, deno info, deno types, deno coverage, deno completions, deno init, deno lsp, deno help, deno clean, deno json_reference, deno why
          any-option: plain
          option: -o --output write
          option: -c --config --import-map --lock read
          flag: --fix ; project
          operands: plain...

        # Node's version managers keep their own folders.
        nvm, fnm, volta, n, nodenv, nodebrew, nvs, proto
          subcommands: some
          any-option: plain
          operands: any
          always: url https://nodejs.org

        nvm ls, nvm list, nvm current, nvm which, nvm version, nvm alias, nvm unalias, nvm deactivate, nvm unload, nvm cache, nvm help, nvm ls-remote, nvm version-remote, nvm use
          any-option: yes
          operands: any

        nvm exec, nvm run, fnm exec, volta run
          any-option: yes
          handler: version-manager-exec
          always: project
        """#
}
