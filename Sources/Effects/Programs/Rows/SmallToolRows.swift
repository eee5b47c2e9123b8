// SPDX-License-Identifier: Apache-2.0

/// Small tools that people install for themselves: for looking, converting, and for one step of a build.
enum SmallToolRows {
    static let text = #"""
        # They show what they read.
        ccze, chafa, viu, timg, catimg, img2txt, cacaview, tiv, img2sixel, webpinfo, gif2rgb, pngcheck, dexdump, histo, termgraph, spark, gnomon, ts, boxes, fblog, hl, frogmouth, csvlens, xxhsum, xxh32sum, xxh64sum, xxh128sum, b3sum, md5deep, sha1deep, sha256deep, hashdeep, rhash, ssdeep, crc32, cfv, choose, hck, ansifilter, ansi2html, ansi2txt, uniname, cpufetch, pfetch, ddate, cuyo, asciiquarium, cbonsai, genact, tty-clock, peaclock, gcal, figlist, showfigfonts, heif-info, jxlinfo, texcount, detex, chktex, lacheck, epubcheck, chardet, chardetect, uchardet, enca, lsix
          any-option: plain-read
          operands: plain-read...

        # Pictures from standard input or a file to standard output.
        anytopnm, asciitopgm, bmptopnm, bmptoppm, fitstopnm, giftopnm, icontopbm, jpegtopnm, pngtopnm, pngtopam, pnmtopng, pnmtojpeg, pnmtotiff, pnmtops, pnmtofiasco, tifftopnm, pamtogif, ppmtogif, ppmtobmp, ppmtopcx, ppmtopict, ppmtoicr, ppmtopgm, ppmtopuzz, ppmtopi1, pgmtoppm, pgmtopbm, pgmtolispm, pbmtopgm, pbmtoascii, pbmtog3, pbmtoxbm, pbmtolps, pamscale, pnmscale, pamcut, pnmcut, pamflip, pnmflip, pnmrotate, pnmcrop, pnmpad, pnmcat, pamcat, pnminvert, pnmgamma, pnmnorm, pnmquant, pnmremap, pnmsmooth, pnmconvol, pnmcolormap, pamfile, pnmfile, pamdepth, pamenlarge, pamchannel, pamtopng, pamtotiff, pamsumm, ppmhist, ppmquant, ppmmake, ppmpat, ppmrainbow, ppmshadow, ppmrelief, ppmdither, ppmchange, ppmbrighten, pgmnoise, pgmramp, pgmhist, pgmedge, pbmmake, pbmtext, pbmclean, pbmmask, pbmpage, pcxtoppm, pi1toppm, picttoppm, psidtopgm, qrttoppm, rasttopnm, rawtoppm, rawtopgm, sgitopnm, sirtopnm, spctoppm, sputoppm, tgatoppm, pamtotga, xbmtopbm, ximtoppm, xpmtoppm, ppmtoxpm, xwdtopnm, pnmtoxwd, yuvtoppm, zeisstopnm, palmtopnm, pnmtopalm, svgtopam, jbigtopnm, pnmtojbig, cameratopam, jpeg2ktopam, pamtojpeg2k
          any-option: plain-read
          operands: plain-read...

        # What they show is of this machine: windows, processors, loads.
        xprop, xwininfo, xdpyinfo, xlsclients, xlsfonts, xlsatoms, glxinfo, glxgears, vainfo, vdpauinfo, vulkaninfo, clinfo, eglinfo, wayland-info, cpuid, cpufreq-info, lstopo, hwloc-ls, nvtop, radeontop, gpustat, s-tui, runlevel, fc-scan, fc-validate, fc-pattern, fc-conflist, tload, a2query
          any-option: plain
          operands: plain...

        # One file in, another out, or the same made smaller.
        agg, svg-term, freeze, silicon, graph-easy, zopfli, pngout, advdef, advmng, advzip, jpegrescan, ect, leanify, cjxl, djxl, cjpegli, djpegli, img2webp, vwebp, squoosh-cli, svgcleaner, scour, usvg, resvg, svg2png, svg2pdf, ttf2woff, woff2ttf, ttfautohint, sfnt2woff, psselect, psnup, psresize, pstops, psbook, epstopdf, eps2eps, pdf2djvu, djvups, pdfbook, pdfnup, pdfjoin, pdfxup, pdfattach, pdfsig, diffpdf, diff-pdf, k2pdfopt, unpaper, cjb2, c44, ebook-meta, ebook-polish, kepubify, recode, uconv, xml2, 2xml, html2, 2html, json2yaml, yaml2json, json2csv, csv2json, toml2json, json2toml, yaml2toml, toml2yaml, remarshal, xls2csv, csv2xlsx, csvtotable, xcp, detab, entab, unifdef, coan, gersemi, cmake-lint, cmakelint, rufo, htmlbeautifier, scss-lint, bibtex-tidy, bibclean, latexindent, untex, latexdiff, latexpand, arxiv_latex_cleaner
          option: -o --output --out write
          flag: -i --in-place --inplace -w --write ; modify
          any-option: plain
          operands: plain...

        sd
          flags: -p --preview -F --fixed-strings -s --string-mode -h --help -V --version
          values: -n --max-replacements -f --flags
          operands: inert inert modify...

        fastmod, ruplacer, rpl, amber, ambr, repren, sad
          any-option: plain
          operands: inert modify-tree...
          always: modify-tree .

        asciinema
          subcommands: yes
          unknown: opaque:arguments

        asciinema play, asciinema cat, asciinema convert
          any-option: plain
          operands: plain...

        # What somebody types is recorded, if it is not a command that is named.
        asciinema rec, asciinema record
          option: -c --command shell
          any-option: plain
          operands: write
          always: opaque:code

        gource
          option: --path --load-config --log-command read
          option: -o --output-ppm-stream --output-custom-log write
          any-option: plain
          operands: read-tree

        grex, pastel, qalc, numi, kalker, fend, eva, insect, ulid, ksuid, xkcdpass, apg, diceware, dateadd, datediff, dateseq, dateconv, dateround, strptime, dround, dadd, ddiff, dseq, dconv, dgrep
          option: -f --file read
          option: -o --output write
          any-option: plain
          operands: inert...

        csvsql
          option: --db opaque:host
          option: --before-insert --after-insert opaque:code
          option: --query --queries -d --delimiter -q --quotechar -e --encoding -i --dialect --tables --prefix --db-schema --chunk-size -y --snifflimit -z --maxfieldsize inert
          any-option: plain
          operands: plain-read...

        sql2csv
          option: --db opaque:host
          option: --query -e inert
          any-option: plain
          operands: read...

        trash-list
          any-option: plain
          operands: inert...

        mkcert
          style: single
          flag: -install -uninstall ; opaque:arguments
          option: -cert-file -key-file -p12-file write
          option: -csr read
          flags: -client -ecdsa -pkcs12 -CAROOT -help
          operands: inert...
          default: write .

        # A server, whose file says what it opens.
        caddy, miniserve, dufs, darkhttpd, devd, simple-http-server, static-web-server
          subcommands: some
          option: --config -c code-file
          option: -d --directory --root read-tree
          any-option: plain
          operands: plain...
          always: project ; host 0.0.0.0

        caddy fmt, caddy validate, caddy adapt, caddy list-modules, caddy version, caddy build-info
          option: --config -c read
          flag: --overwrite -w ; modify
          any-option: plain
          operands: read...

        bats, shunit2, shellspec, bashunit, zunit
          option: -f --filter --filter-status --filter-tags -F --formatter --report-formatter -j --jobs -T inert
          option: -o --output --gather-test-outputs-in write-tree
          any-option: plain
          operands: code-file...
          default: project

        # What a project's own dependencies bring: tests, bundlers, generators, checks.
        tsd, testem, bower, aegir, kcd-scripts, tshy, bob, father, father-build, dumi, umi-test, licensee, opencollective, opencollective-postinstall, browserify, watchify, budo, beefy, derequire, microbundle-crl, dtslint, dts-gen, bili, poi, lerna-lite, auto-changelog, conventional-changelog-cli, conventional-github-releaser, conventional-recommended-bump, lerna-changelog, shipjs, bumpp, changelogen, changelogithub, npm-home, npm-why, npm-quick-run, nr, nci, npm-upgrade, npm-license-crawler, license-checker-rseidelsohn, nlf, legally, cost-of-modules, package-size, source-map-explorer, webpack-bundle-analyzer, svelte-package, histoire, ladle, cosmos, react-cosmos, styleguidist, docz, reg-suit, reg-cli, happo, lost-pixel, lhci, pa11y-ci, axe, html-validate, linkinator, broken-link-checker, blc, hyperlink, embedme, markdown-pdf, md-to-pdf, decktape, jsdoc2md, tsoa, kubb, ts-to-zod, tsc-multi, tsc-esm-fix, tspatch, ts-patch, ef-tspm, esbuild-runner, estrella, mkdist, obuild, tsup-node, vite-ssg, iles, metalsmith, harp, wintersmith, kss, fractal, patternlab, postcss-cli, uncss, sass-lint, node-sass-chokidar, svgstore, webfont, fantasticon, pwa-assets-generator, favicons, nativescript, ns, tns, metro, expo-doctor, electron-rebuild, electron-packager, electron-mocha, asar, neutralino, neu, caxa, dnt, zora, pta, baretest, xv, mochapack, marge, istanbul-merge, monocart, bddgen, stubby, json-graphql-server, typesync, clean-package, clean-publish, pinst, in-publish, not-in-publish, in-install, not-in-install, if-env, if-node-version, check-engine, check-engines, yarn-deduplicate, synp, move-file, replace-in-file, rexreplace, prepend-file, run-script-os, per-env, bnr, nps, npm-run, eslint-nibble, eslint-watch, esw, eslint-interactive, eslint-find-rules, snazzy, pretty-quick, prettier-standard, rslint, oxfmt, putout, decaffeinate, flow-typed, flow-copy-source, pulp, elm-pages, elm-spa, elm-land
          option: --exec --cmd --command -x shell
          option: -r --require --config -c --plugin -p configuration
          option: -t --transform -g inert
          flag: --fix --write -w ; modify
          any-option: plain
          operands: plain...
          always: project

        # Other languages' tools, which load a project's own files.
        gotip, richgo, gotest, gocov, gocov-html, gocover-cobertura, goveralls, go-junit-report, go-test-report, tparse, gotestdox, minimock, enumer, easyjson, msgp, sqlboiler, go-bindata, packr, goda, godepgraph, go-mod-outdated, go-mod-upgrade, gomajor, goweight, bingo, betteralign, fieldalignment, unparam, gocritic, prealloc, nakedret, gometalinter, exhaustive, goimports-reviser, gotags, asmfmt, benchcmp, phpactor, phpbench, kahlan, parallel-lint, phplint, php-scoper, phpunit-watcher, composer-unused, composer-require-checker, composer-normalize, dephpend, yaml-lint, wp-env, wp-scripts, pronto, rubocop-daemon, parallel_cucumber, mutant, undercover, bundler-audit, bundle-audit, asciidoctor-pdf, asciidoctor-epub3, rougify, coderay, html-proofer, tf-summarize, tfplan2md, hclfmt, hcledit, tfupdate, helm-docs, check-jsonschema, jsonschema, yajsv, action-validator, reuse, go-licenses, addlicense, license-eye, ktfmt, scalastyle, weeder, cabal-fmt, cabal-gild, ocp-indent, fprettify, findent, fortitude, cmake-format, dtc, fdtdump
          option: --config -c --plugin configuration
          option: -o --output -out --out write
          flag: --fix --write -w -i --in-place --inplace -a -A ; modify
          any-option: plain
          operands: plain...
          always: project

        cargo-binstall
          any-option: plain
          operands: inert...
          always: url https://crates.io ; url https://github.com ; project

        # git programs that others brought.
        git jump, git secrets, git rename-file, git toolbelt, git ignore-me, git remote-hg, git mailmap
          any-option: plain
          operands: plain...
          always: project

        git unpack-file, git fsck-objects, git fsmonitor--daemon, git scalar
          any-option: plain
          operands: git-revision...
          always: project

        git skip, git pulls
          any-option: yes
          operands: inert...
          always: project ; url https://api.github.com

        gh discussion, gh licenses, gh repo read-file
          any-option: plain
          operands: inert...
          always: url https://api.github.com

        cargo docs-rs, cargo husky, cargo whatfeatures, cargo diet, cargo tally, cargo difftests, cargo kcov
          any-option: plain
          operands: plain...
          always: project

        pnpm recursive, pnpm multi, pnpm m
          any-option: plain
          stops: yes
          handler: pnpm-recursive
          always: project

        pnpm restart, pnpm start, pnpm test, pnpm t, pnpm tst
          any-option: plain
          operands: inert...
          always: project
        """#
}
