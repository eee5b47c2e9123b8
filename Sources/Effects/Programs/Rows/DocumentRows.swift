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

        mysqldump, mysqladmin, mysqlimport, mysqlcheck, mysqlshow, mariadb-dump, mysqlbinlog
          option: -h --host host
          option: -r --result-file --log-error write
          option: -T --tab write-tree
          option: --defaults-file --defaults-extra-file --plugin-dir code-file
          option: --init-command code:sql
          option?: -p --password inert
          values: -u --user -P --port -S --socket -w --where --ignore-table --default-character-set -d --protocol --login-path
          flags: -f --force
          any-option: plain
          handler: databases

        pg_dump, pg_dumpall, pg_restore, pg_isready, createdb, dropdb, createuser, dropuser, clusterdb, vacuumdb, reindexdb, pg_basebackup, pgbench, pg_receivewal
          option: -h --host host
          option: -f --file --result-file -D write
          option: -r write
          option: -d --dbname --maintenance-db database-address
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
          style: single
          option: --ytdl-raw-options* -ytdl-raw-options* --script-opts* -script-opts* opaque:arguments
          option: --input-ipc-server --input-ipc-client --input-file opaque:arguments
          option: --input-commands opaque:code
          option: --script --scripts --include --input-conf --config-dir code-file
          any-option: plain
          handler: media

        vlc, cvlc
          option: --sout --sout-all --demux-filter opaque:path-write
          option: --lua-config --lua-intf --config --plugin-path code-file
          option: --logfile --input-record-path --snapshot-path write
          any-option: plain
          handler: media

        ffprobe, ffplay, mediainfo, mplayer, sox, soxi, flac, metaflac, lame, oggenc, opusenc, mkvmerge, mkvinfo, mkvextract, mp3info, id3v2, eyeD3, HandBrakeCLI, MP4Box, atomicparsley, mencoder, cdparanoia, timidity, fluidsynth, wavpack, speexenc
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
          option: -if* opaque:code
          option: -api exiftool-setting
          option: -use code-file
          option: -efile* write
          option: -userParam inert
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
          option: --pdf-engine inert
          values: --pdf-engine-opt
          option?: --katex --mathjax --webtex --gladtex plain
          option: --defaults -d code-file
          option: --template --css -c --include-in-header -H --include-before-body -B --include-after-body -A --bibliography --csl --metadata-file --reference-doc --abbreviations --syntax-definition --highlight-style --citation-abbreviations --epub-cover-image --epub-metadata --epub-embed-font read-or-url
          option: --data-dir code-file
          option: --resource-path read-tree
          option: --extract-media write-tree
          option: --log write
          values: -M --metadata -V --variable --toc-depth --number-offset --top-level-division --columns --tab-stop --wrap
          values: --eol --dpi --slide-level --id-prefix -T --title-prefix --email-obfuscation
          values: --default-image-extension --markdown-headings --reference-location --track-changes
          values: --shift-heading-level-by --base-header-level --epub-subdirectory --epub-chapter-level --split-level
          values: --ipynb-output --request-header --indented-code-classes --figure-caption-position
          values: --table-caption-position --chunk-template
          values?: --mathml --print-highlight-style --verbose --list-extensions
          flags: -s --standalone --toc --table-of-contents -N --number-sections -p --preserve-tabs --ascii
          flags: --self-contained --embed-resources --no-highlight --citeproc --natbib --biblatex --html-q-tags
          flags: --reference-links --section-divs --listings -i --incremental --file-scope --sandbox --quiet
          flags: --fail-if-warnings --no-check-certificate --trace --dump-args --ignore-args --strip-comments
          flags: --strip-empty-paragraphs --list-input-formats --list-output-formats --list-highlight-languages
          flags: --list-highlight-styles -v --version -h --help --atx-headers --bash-completion --link-images --lof --lot
          handler: pandoc
          operands: read...

        dvips
          style: single
          option: -o* piped-output
          option: -P* interpreter
          flag: -R0 ; opaque:code
          flags: -R -R1 -R2 -q -f -i -m -E -F -K -M -N -U -V -Z -k -r -s -z -a -A -B -help -version -v
          values: -D -t -T -x -X -Y -y -p -pp -l -n -c -C -S -e -O -b -d -mode
          option: -u* -h* plain-read
          operands: read...
          always: write-tree .

        pdflatex, latex, xelatex, lualatex, tex, pdftex, luatex, xetex, latexmk, context, arara, tectonic, texi2dvi, texi2pdf, lollipop, mf, mpost, bibtex, biber, makeindex, dvipdfmx, xindy, makeglossaries, platex, uplatex, amstex, eplain, slitex
          style: single
          option: -shell-escape-commands shell
          flag: -shell-escape -enable-write18 -write18 ; opaque:code
          flag: -no-shell-escape -halt-on-error -file-line-error -recorder -draftmode -pdf -pvc -c -C -f -g -v -quiet -silent -xelatex -lualatex -cd -help -version -bibtex -pdfxe -pdflua
          option: -output-directory -outdir -auxdir -aux-directory -o -O directory
          option: -e -r -latex -pdflatex -usepretex opaque:code
          values: -interaction -jobname -synctex -output-format -output-comment -fmt -progname -kpathsea-debug
          values: -src-specials -translate-file
          handler: tex

        gs, ghostscript, gsnd, ps2pdf, ps2pdf12, ps2pdf13, ps2pdf14, ps2pdfwr, pdf2ps, ps2ascii, ps2eps
          at-files: yes
          option: -o* piped-output
          option: -I* code-file
          option: -P* -r* -g* inert
          option: --permit-file-read* --permit-file-write* --permit-file-control* --permit-file-all* --permit-devices* opaque:arguments
          any-option: yes
          handler: documents

        groff, nroff, troff, tbl, eqn, pic, grn, gtroff, gpic
          option: -F -M code-file
          flag: -U ; opaque:code
          option: -I -f -d -r -m -n -o -w -W -T -K -D inert
          option: -P -L plain
          flags: -t -e -p -g -s -S -R -c -C -z -Z -k -j -J -G -b -i -a -E -N -q -X -V -h -v
          flag: -l ; opaque:arguments
          any-option: plain
          handler: documents

        texi2any, makeinfo
          option: -o --output -E --macro-expand --internal-links write
          option: --init-file --conf-dir code-file
          option: -c --set-customization-variable --Xopt opaque:arguments
          flag: --dvi --ps --pdf --dvipdf ; project
          option: -I -P -D -U -e --error-limit -s --footnote-style --paragraph-indent --fill-column --css-ref --transliterate-file-names --split --epub3 inert
          option: --css-include read
          any-option: plain
          always: write-tree .
          handler: documents

        ocrmypdf
          option: --plugin code-file
          option: --sidecar write
          option: --unpaper-args --tesseract-config opaque:arguments
          option: --user-words --user-patterns read
          option: -l --language -j --jobs -O --optimize --output-type --image-dpi --pages --title --author --subject --keywords --tesseract-timeout --pdf-renderer --rotate-pages-threshold -v --verbose --mode inert
          any-option: plain
          operands: read write

        pdfcrop
          option: --gscmd -gscmd --pdftexcmd -pdftexcmd --xetexcmd -xetexcmd --luatexcmd -luatexcmd shell
          option: --margins --bbox --resolution --tex --pdfversion inert
          any-option: plain
          handler: documents

        pdfjam
          option: --latex --gs program
          option: --configpath --preamble opaque:arguments
          option: -o --outfile write
          any-option: plain
          handler: documents

        wkhtmltopdf, wkhtmltoimage
          flag: --read-args-from-stdin ; opaque:arguments
          option: --run-script opaque:code
          option: --allow read-tree
          option: -p --proxy host
          option: --cookie-jar modify
          option: --user-style-sheet --header-html --footer-html --xsl-style-sheet read-or-url
          option: --dump-outline --dump-default-toc-xsl write
          pair: --post-file read
          any-option: yes
          handler: documents

        rst2html.py, soelim, refer, grops, grotty, gropdf, mandoc, docbook2man, xsltproc, xmllint, xml, html2text, hxselect, hxnormalize, catdoc, antiword, xlsx2csv, ssconvert, unoconv, soffice, libreoffice, localc, lowriter, weasyprint, princexml, ebook-convert, pdftotext, pdftohtml, pdfinfo, pdfimages, pdftoppm, pdftocairo, pdfunite, pdfseparate, pdffonts, pdfdetach, pdftk, qpdf, mutool, pdfgrep, img2pdf, ddjvu, unrtf, odt2txt, pdf2svg, gv, evince, okular, mupdf, xpdf, eog, gwenview, sxiv, nomacs, shotwell, krita, audacity, obs
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
