// SPDX-License-Identifier: Apache-2.0

extension ProgramFamilies {
    /// Databases, mail, pictures, sound and documents.
    static let documents = #"""
        psql
          option: -c --command inert
          option: -f --file code-file
          option: -h --host host
          option: -o --output write
          option: -L --log-file write
          option: -d --dbname inert
          values: -U --username -p --port -v --set --variable -F --field-separator -R --record-separator -P --pset -T
          values: --table-attr
          flags: -l --list -A --no-align -t --tuples-only -x --expanded -q --quiet -X --no-psqlrc -a --echo-all -b
          flags: --echo-errors -e --echo-queries -E --echo-hidden -n --no-readline -s --single-step -S --single-line -1
          flags: --single-transaction -w --no-password -W --password -H --html -z --field-separator-zero -0
          flags: --record-separator-zero --csv -V --version -? --help
          handler: psql

        mysql, mariadb
          option: -e --execute inert
          option: -h --host host
          option: --defaults-file --defaults-extra-file code-file
          option: --init-command code:sql
          option: --pager shell
          option: --tee write
          option: --plugin-dir code-file
          option: --ssl-ca --ssl-cert --ssl-key read
          option: -S --socket inert
          option?: -p --password inert
          values: -u --user -P --port -D --database --default-character-set --connect-timeout --max-allowed-packet
          values: --protocol --prompt --delimiter --login-path --ssl-mode
          flags: -A -B -b -C -c -E -f -G -H -i -N -n -q -r -s -t -v -V -w -X -? --batch --silent --table --raw
          flags: --skip-column-names --vertical --verbose --version --help --force --no-auto-rehash --quick --compress
          flags: --html --xml --unbuffered --no-defaults --local-infile --ssl --skip-ssl --comments --skip-comments
          flags: --binary-mode --column-names
          handler: mysql

        mysqldump, mysqladmin, mysqlimport, mysqlcheck, mysqlshow, mariadb-dump, mysqlbinlog, pg_dump, pg_dumpall, pg_restore, pg_isready, createdb, dropdb, createuser, dropuser, clusterdb, vacuumdb, reindexdb, pg_basebackup, pgbench, pg_receivewal
          option: -h --host host
          option: -f --file --result-file -D write
          option: -r write
          option: --defaults-file --defaults-extra-file code-file
          option?: -p --password inert
          option: -d --dbname inert
          option: --plugin-dir code-file
          option: --tab write-tree
          option: --log-error write
          values: -U --username -u --user -P --port -n --schema -t --table -T --exclude-table --exclude-schema
          values: -F --format -j --jobs -Z --compress --where --ignore-table -E --encoding --owner -l --lock-wait-timeout
          values: --role -S --socket
          any-option: plain
          handler: databases

        sqlite3, sqlite, sqlcipher
          option: -cmd --cmd -c -s opaque:arguments
          option: -init code-file
          option: -separator -nullvalue -newline -mmap -maxsize -lookaside -pagecache -vfs -escape inert
          flag: -version --version -help --help ; no-input ; operands any
          flags: -header -headers -noheader -csv -json -line -list -column -html -table -box -markdown -quote -tabs
          flags: -ascii -batch -bail -readonly -readwrite -echo -interactive -stats -safe -memtrace -nofollow -unsigned
          flags: -zip -append -deserialize -no-stdin -nonce -no-rowid-in-view
          handler: sqlite

        mongo, mongosh
          option: --eval opaque:code
          option: -f --file code-file
          option: --host host
          any-option: yes
          always: opaque:code
          operands: host code-file...

        mongodump, mongorestore, mongoexport, mongoimport, mongostat, mongotop
          option: -h --host --uri host
          option: -o --out write-tree
          option: --file inert
          any-option: yes
          always: opaque:arguments

        redis-cli, valkey-cli, keydb-cli
          option: -h host
          option: -u url
          option: -p -a -n -r -i -s -d --user --pass --cacert --cert --key --sni inert
          option: --eval code-file
          option: --rdb --functions-rdb write
          option: --pipe-timeout inert
          any-option: plain
          handler: redis

        cqlsh, influx, clickhouse-client, clickhouse, sqlcmd, bcp, isql, tsql, sqlplus, db2, impala-shell, beeline, hive, spark-sql, presto, trino, cockroach, neo4j-shell, cypher-shell, arangosh, etcdctl, memcached-tool, osqueryi, osqueryd
          any-option: yes
          always: opaque:arguments

        ffmpeg, avconv
          style: single
          option: -i inert
          any-option: yes
          handler: ffmpeg

        mpv
          option: --input-commands opaque:code
          option: --script --scripts --include --input-conf --config-dir code-file
          any-option: plain
          handler: media

        ffprobe, ffplay, mediainfo, mplayer, vlc, cvlc, sox, soxi, flac, metaflac, lame, oggenc, opusenc, mkvmerge, mkvinfo, mkvextract, mp3info, id3v2, eyeD3, HandBrakeCLI, MP4Box, atomicparsley, mencoder, cdparanoia, timidity, fluidsynth, wavpack, speexenc
          any-option: plain
          handler: media

        convert, magick, mogrify, identify, composite, montage, compare, import, animate, display, conjure, stream, gm
          any-option: yes
          handler: imagemagick

        inkscape
          option: --actions --verb opaque:code
          option: --actions-file code-file
          flag: --shell --with-gui ; opaque:code
          option: -o --export-filename --export-file write
          any-option: plain
          operands: modify...

        jhead
          option: -cmd -ce -ca shell
          any-option: plain
          operands: modify...

        gifsicle
          option: --transform-colormap shell
          option: -o --output write
          any-option: plain
          operands: modify...

        gphoto2, scanimage
          option: --hook-script --batch-script program
          option: -o --output-file write
          any-option: plain
          operands: modify...

        rsvg-convert, cairosvg, potrace, autotrace, qrencode, zbarimg, tesseract, pngcrush, optipng, pngquant, jpegoptim, jpegtran, cjpeg, djpeg, cwebp, dwebp, gif2webp, webpmux, avifenc, avifdec, exiv2, heif-convert, dcraw, darktable-cli, rawtherapee-cli, zopflipng, advpng, oxipng, guetzli, vips, vipsthumbnail, dcmdump, sips, iconutil, icns2png, wrestool, icotool, fc-list, fc-match, fc-cache, fc-query, ttx, otfinfo, woff2_compress, woff2_decompress, pyftsubset
          option: -o --output --output-file --out write
          any-option: plain
          operands: modify...

        exiftool
          option: -config code-file
          option: -if opaque:code
          option: -o --out -w -W -csv-out write
          option: -@ list-file
          option: -TagsFromFile -tagsFromFile -geotag -csv-file read
          flag: -execute ; opaque:arguments
          flag: -stay_open ; opaque:arguments
          option: -p -printFormat own-format
          any-option: own-format
          style: single
          operands: modify...

        pandoc
          option: -o --output write
          option: -F --filter -L --lua-filter code-file
          option: -t --to -w --write -f --from -r --read inert
          option: --pdf-engine program
          option: --defaults -d code-file
          option: --template --css -c --include-in-header -H --include-before-body -B --include-after-body -A --bibliography --csl --metadata-file --reference-doc --abbreviations --syntax-definition --highlight-style --citation-abbreviations --epub-cover-image --epub-metadata --epub-embed-font read
          option: --data-dir code-file
          option: --resource-path read-tree
          option: --extract-media write-tree
          option: --log write
          values: -M --metadata -V --variable --toc-depth --number-offset --top-level-division --columns --tab-stop --wrap
          values: --eol --dpi --pdf-engine-opt --slide-level --id-prefix -T --title-prefix --email-obfuscation
          values: --default-image-extension --markdown-headings --reference-location --track-changes
          values: --shift-heading-level-by --base-header-level --epub-subdirectory --epub-chapter-level --split-level
          values: --ipynb-output --request-header --indented-code-classes --figure-caption-position
          values: --table-caption-position --chunk-template
          values?: --katex --mathjax --webtex --mathml --gladtex --print-highlight-style --verbose --list-extensions
          flags: -s --standalone --toc --table-of-contents -N --number-sections -p --preserve-tabs --ascii
          flags: --self-contained --embed-resources --no-highlight --citeproc --natbib --biblatex --html-q-tags
          flags: --reference-links --section-divs --listings -i --incremental --file-scope --sandbox --quiet
          flags: --fail-if-warnings --no-check-certificate --trace --dump-args --ignore-args --strip-comments
          flags: --strip-empty-paragraphs --list-input-formats --list-output-formats --list-highlight-languages
          flags: --list-highlight-styles -v --version -h --help --atx-headers --bash-completion --link-images --lof --lot
          handler: pandoc
          operands: read...

        pdflatex, latex, xelatex, lualatex, tex, pdftex, luatex, xetex, latexmk, context, arara, tectonic, texi2dvi, texi2pdf, lollipop, mf, mpost, bibtex, biber, makeindex, dvips, dvipdfmx, xindy, makeglossaries, platex, uplatex, amstex, eplain, slitex
          style: single
          option: -shell-escape-commands shell
          flag: -shell-escape -enable-write18 -write18 ; opaque:code
          flag: -no-shell-escape -halt-on-error -file-line-error -recorder -draftmode -pdf -pvc -c -C -f -g -v -quiet -silent -xelatex -lualatex -cd -help -version -bibtex -pdfxe -pdflua
          option: -output-directory -outdir -auxdir -aux-directory -o -O directory
          option: -e -r -latex -pdflatex -usepretex opaque:code
          values: -interaction -jobname -synctex -output-format -output-comment -fmt -progname -kpathsea-debug
          values: -src-specials -translate-file
          handler: tex

        rst2html.py, groff, nroff, troff, tbl, eqn, pic, soelim, refer, grops, grotty, gropdf, mandoc, texi2any, makeinfo, docbook2man, xsltproc, xmllint, xml, html2text, hxselect, hxnormalize, catdoc, antiword, xlsx2csv, ssconvert, unoconv, soffice, libreoffice, localc, lowriter, wkhtmltopdf, wkhtmltoimage, weasyprint, princexml, ebook-convert, pdftotext, pdftohtml, pdfinfo, pdfimages, pdftoppm, pdftocairo, pdfunite, pdfseparate, pdffonts, pdfdetach, pdftk, qpdf, mutool, ps2pdf, pdf2ps, ps2ascii, ps2eps, pdfcrop, pdfjam, pdfgrep, ocrmypdf, img2pdf, ddjvu, unrtf, odt2txt, pdf2svg, gs, ghostscript, gsnd, gv, evince, okular, mupdf, xpdf, eog, gwenview, sxiv, nomacs, shotwell, krita, audacity, obs
          option: --xpath --pattern inert
          option: -o --output --output-file --out write
          any-option: yes
          handler: documents

        gimp
          option: -b --batch --batch-interpreter opaque:code
          any-option: plain
          handler: documents

        blender
          option: -P --python code-file
          option: --python-expr --python-text opaque:code
          flag: --python-console ; opaque:code
          any-option: plain
          handler: documents

        feh
          option: -A --action --action1 --action2 --action3 --action4 --action5 --action6 --action7 --action8 --action9 --info shell
          any-option: plain
          handler: documents

        zathura
          option: -x --synctex-editor-command shell
          any-option: plain
          handler: documents

        docx2txt, djvutxt
          any-option: plain
          operands: read write

        msgfmt, msgmerge, msginit, xgettext, msgcat, msgconv, msgattrib, msgcmp, msgunfmt, msguniq, msgen
          option: -o --output-file --output write
          option: -f --files-from list-file
          option: -D --directory inert
          any-option: plain
          operands: modify...

        msgexec, msgfilter
          always: opaque:code

        sendmail, mail, mailx, mutt, neomutt, msmtp, ssmtp, swaks, exim4, s-nail, nail, sendemail, mailsend, smtp-cli, mpack, alpine, pine, aerc, himalaya, getmail, fetchmail, offlineimap, mbsync, procmail, maildrop, formail, notmuch
          option: -a -A --attach --attach-body read
          option: -s --subject -r -F -f -S -u inert
          option: -b -c --to --cc --bcc recipient
          option: --server --smtp-server -smtp host
          any-option: plain
          handler: mail

        remind
          option: -k shell
          any-option: plain
          handler: documents

        jrnl
          pair: --config-override opaque:arguments
          option: --config-file code-file
          any-option: plain
          handler: documents

        ledger, hledger
          option: --pager shell
          option: -o --output --output-file write
          option: --script --import --init-file code-file
          any-option: plain
          handler: documents

        calcurse, taskwarrior, todo.sh, khal, todoman, when, beancount
          any-option: plain
          handler: documents
        """#
}
