// SPDX-License-Identifier: Apache-2.0

extension ProgramFamilies {
    /// What reaches other machines.
    static let network = #"""
        curl
          flags: --anyauth -a --append --basic --cert-status --compressed --compressed-ssh --create-dirs --crlf --digest
          flags: -q --disable --disable-eprt --disable-epsv --doh-cert-status --doh-insecure -f --fail --fail-early
          flags: --fail-with-body --false-start --form-escape --ftp-create-dirs --ftp-pasv --ftp-pret --ftp-skip-pasv-ip
          flags: --ftp-ssl-ccc --ftp-ssl-control -G --get -g --globoff --haproxy-protocol -I --head --http0.9 -0
          flags: --http1.0 --http1.1 --http2 --http3 --http3-only -i --include -k --insecure -4 --ipv4 -6 --ipv6 -l
          flags: --list-only -L --location --location-trusted -M --manual --metalink --negotiate -: --next --no-alpn -N
          flags: --no-buffer --no-clobber --no-keepalive --no-npn --no-progress-meter --no-sessionid --ntlm --ntlm-wb -Z
          flags: --parallel --path-as-is --post301 --post302 --post303 -# --progress-bar --proxy-anyauth --proxy-basic
          flags: --proxy-digest --proxy-insecure --proxy-negotiate --proxy-ntlm --proxy-tlsv1 -p --proxytunnel --raw -R
          flags: --remote-time --remove-on-error --retry-all-errors --retry-connrefused --sasl-ir -S --show-error -s
          flags: --silent --socks5-basic --socks5-gssapi --socks5-gssapi-nec --ssl --ssl-allow-beast --ssl-no-revoke
          flags: --ssl-reqd -2 --sslv2 -3 --sslv3 --styled-output --tcp-fastopen --tcp-nodelay --tftp-no-options -1
          flags: --tlsv1 --tlsv1.0 --tlsv1.1 --tlsv1.2 --tlsv1.3 --tr-encoding --trace-time -B --use-ascii -v --verbose
          flags: -V --version --xattr
          values: --aws-sigv4 --cert-type --ciphers --connect-timeout -C --continue-at --create-file-mode --curves
          values: --delegation --disallow-username-in-url --expect100-timeout --form-string --ftp-account
          values: --ftp-alternative-to-user --ftp-method --ftp-ssl-ccc-mode --happy-eyeballs-timeout-ms -h --help
          values: --hostpubmd5 --hostpubsha256 --http2-prior-knowledge --ignore-content-length --interface -j
          values: --junk-session-cookies --keepalive-time --key-type --krb --limit-rate --local-port --login-options
          values: --mail-auth --mail-from --mail-rcpt-allowfails --max-filesize --max-redirs -m --max-time --noproxy
          values: --oauth2-bearer --parallel-immediate --parallel-max --pass --pinnedpubkey --proto --proto-default
          values: --proto-redir --proxy-cert-type --proxy-ciphers --proxy-key-type --proxy-pass --proxy-pinnedpubkey
          values: --proxy-service-name --proxy-ssl-allow-beast --proxy-ssl-auto-client-cert --proxy-tls13-ciphers
          values: --proxy-tlsauthtype --proxy-tlspassword --proxy-tlsuser -U --proxy-user --proxy1.0 -r --range --rate -X
          values: --request --request-target --retry --retry-delay --retry-max-time --sasl-authzid --service-name
          values: --socks5-gssapi-service -Y --speed-limit -y --speed-time --ssl-auto-client-cert --ssl-revoke-best-effort
          values: --suppress-connect-headers -t --telnet-option --tftp-blksize -z --time-cond --tls-max --tls13-ciphers
          values: --tlsauthtype --tlspassword --tlsuser -u --user -A --user-agent
          option: --url url
          option: -o --output write
          option: --output-dir directory
          flag: -O --remote-name
          flag: --remote-name-all
          flag: -J --remote-header-name
          option: -T --upload-file read
          option: -K --config opaque:arguments
          option: -d --data --data-ascii --data-binary --json at-file
          option: --data-raw inert
          option: --data-urlencode --url-query inert
          option: -F --form inert
          option: -b --cookie inert
          option: -c --cookie-jar write
          option: -D --dump-header write
          option: -H --header --proxy-header at-file
          option: -E --cert --key --cacert --proxy-cert --proxy-key --proxy-cacert --pubkey --crlfile --proxy-crlfile --random-file --egd-file read
          option: --capath --proxy-capath read-tree
          option: --netrc-file read
          flag: -n --netrc --netrc-optional ; read ~/.netrc
          option: --trace --trace-ascii --stderr --libcurl --hsts --alt-svc write
          option: --etag-save write
          option: --etag-compare read
          option: -x --proxy --preproxy --socks4 --socks4a --socks5 --socks5-hostname host
          option: --doh-url url
          option: --dns-servers host
          option: --resolve inert
          option: --connect-to inert
          option: --unix-socket --abstract-unix-socket opaque:host
          option: -Q --quote --postquote --prequote inert
          option: --engine code-file
          option: -w --write-out inert
          option: --variable inert
          option: -e --referer inert
          option: --mail-rcpt inert
          option: --ssl-sessions modify
          option: --ech --ftp-port -P inert
          option: --keepalive-cnt --vlan-priority --ip-tos --ipfs-gateway --dns-interface --dns-ipv4-addr --dns-ipv6-addr --tls-earlydata inert
          flags: --skip-existing --out-null
          handler: curl
          operands: url...

        wget, wget2
          flags: --ftps-clear-data-connection --ftps-fallback-to-ftp
          values: --start-pos
          option: -O --output-document write
          option: -o --output-file -a --append-output write
          option: -P --directory-prefix write-tree
          option: -i --input-file --input-metalink opaque:host
          option: --config code-file
          option: -e --execute opaque:arguments
          option: --use-askpass program
          option: --post-file --body-file read
          option: --load-cookies read
          option: --save-cookies --warc-file --warc-cdx --rejected-log write
          option: --hsts-file modify
          option: --certificate --private-key --ca-certificate --crl-file --random-file --egd-file --warc-dedup read
          option: --ca-directory read-tree
          option: --warc-tempdir write-tree
          option: -B --base url
          option: --pinnedpubkey inert
          flag: -r --recursive -m --mirror -p --page-requisites
          flag: -H --span-hosts ; opaque:host
          flags: -b -c -d -E -F -h -k -K -L -N -nc -nd -nH -np -nv -q -S -v -V -x -4 -6 -nh
          values: -A -D -I -l -n -Q -R -t -T -U -w -X
          flags: --auth-no-challenge --background --backup-converted --continue --content-disposition --content-on-error
          flags: --convert-links --convert-file-only --debug --delete-after --dont-remove-listing --follow-ftp
          flags: --force-directories --force-html --ftps-implicit --ftps-resume-ssl --help --https-only --ignore-case
          flags: --ignore-length --inet4-only --inet6-only --keep-badhash --keep-session-cookies
          flags: --metalink-over-http --no-cache --no-check-certificate --no-clobber --no-config --no-cookies
          flags: --no-directories --no-dns-cache --no-glob --no-host-directories --no-hsts --no-http-keep-alive
          flags: --no-if-modified-since --no-iri --no-netrc --no-parent --no-passive-ftp --no-proxy --no-remove-listing
          flags: --no-use-server-timestamps --no-verbose --no-warc-compression --no-warc-digests --no-warc-keep-log
          flags: --passive-ftp --preserve-permissions --protocol-directories --quiet --random-wait --relative
          flags: --retr-symlinks --retry-connrefused --retry-on-host-error --save-headers --server-response
          flags: --show-progress --spider --strict-comments --timestamping --trust-server-names --unlink
          flags: --version --verbose --xattr --adjust-extension --force-progress --iri --no-compression
          values: --accept --accept-regex --backups --bind-address --body-data --ca-type --certificate-type --ciphers
          values: --compression --connect-timeout --cut-dirs --default-page --dns-timeout --domains --exclude-directories
          values: --exclude-domains --follow-tags --ftp-password --ftp-user --header --http-password --http-user
          values: --https-enforce --ignore-tags --include-directories --level --limit-rate --local-encoding --max-redirect
          values: --method --password --post-data --prefer-family --preferred-location --private-key-type --progress
          values: --proxy-password --proxy-user --quota --read-timeout --referer --regex-type --reject --reject-regex
          values: --remote-encoding --report-speed --restrict-file-names --retry-on-http-error --secure-protocol --timeout
          values: --tries --user --user-agent --wait --waitretry --warc-header --warc-max-size --metalink-index
          flags: --ask-password
          handler: wget
          operands: url...

        nc, ncat, netcat, nc.openbsd, nc.traditional, pwncat
          option: -e --exec program
          option: -c --sh-exec shell
          option: --lua-exec code-file
          option: -o --output --hex-dump write
          option: -x --proxy host
          option: --ssl-cert --ssl-key --ssl-trustfile --allowfile --denyfile read
          values: -g -G -i -I -m -M -O -p -P -q -s -T -V -w -W -X --idle-timeout --source --source-port --max-conns
          values: --delay --wait --proxy-type --proxy-auth --proxy-dns --allow --deny --ssl-ciphers --ssl-servername
          values: --ssl-alpn --hops
          flag: -l --listen
          flag: -U --unixsock
          flag: -h --help --version ; operands any
          flags: -4 -6 -b -C -d -D -F -k -N -n -r -S -t -u -v -vv -vvv -z -a --udp --sctp --vsock --keep-open --nodns
          flags: --telnet --verbose --ssl --ssl-verify --crlf --recv-only --send-only --no-shutdown --broker --chat
          flags: --append-output --zero
          handler: netcat

        socat
          flag: -h -hh -hhh -V -? ; operands any
          option: -lf -r -R write
          option: -L -W write
          values: -b -t -T -lp -lm
          flags: -d -dd -ddd -dddd -D -ly -lu -lh -v -x -u -U -g -4 -6 -s
          handler: socat

        yt-dlp, youtube-dl
          option: --exec --exec-before-download --netrc-cmd shell
          option: --downloader --external-downloader --ffmpeg-location program
          option: --config-location --config-locations --plugin-dirs code-file
          option: --cookies-from-browser opaque:path-read
          option: -a --batch-file --load-info-json list-file
          option: -o --output -P --paths write
          any-option: plain
          handler: hosts

        telnet, telnet-ssl, finger, iperf, iperf3, netperf, wscat, websocat, ruptime
          option: -x --exec shell
          option: -o --output -n write
          any-option: plain
          handler: hosts

        rlogin, rsh, rcp, rexec, ftp, tftp, lftp, ncftp, ncftpget, ncftpput, mosh, et, sshuttle, cu, kermit, tn3270, ike-scan, hydra, ncrack, sqlmap, nikto, gobuster, dirb, wfuzz, ffuf, feroxbuster, msfconsole, msfvenom, metasploit, responder, crackmapexec, evil-winrm, impacket-psexec, frps, pagekite, openvpn, wg, wg-quick, tor, dnscat2, iodine, ptunnel, stunnel, smbclient, rpcclient, smbget, showmount, ldapsearch, ldapadd, ldapmodify, snmpwalk, snmpget, rdesktop, xfreerdp, vncviewer, remmina, nbtscan, enum4linux, bettercap, ettercap, tshark, wireshark, dumpcap, ngrep, mitmproxy, mitmdump, scapy, arpspoof, dsniff, kismet, aircrack-ng, mosquitto_pub, mosquitto_sub, kcat, kafkacat, nats, rclone, mc, ipfs, transmission-cli, transmission-remote, rtorrent, wormhole, magic-wormhole, croc, transfer, ffsend, onionshare, gallery-dl, streamlink, axel, megadl, curlftpfs, sshfs, davfs2, cadaver, talk, irssi, weechat, pppd, nsupdate
          always: opaque:arguments
          any-option: yes
          handler: hosts

        ssh, autossh, slogin
          option: -F code-file
          option: -i read
          option: -E write
          option: -I code-file
          option: -J host
          option: -W host
          option: -R -w inert
          option: -D inert
          option: -L inert
          option: -b -B -c -e -l -m -p -Q -S -O -P inert
          option: -o inert
          flag: -G -V
          flags: -4 -6 -A -a -C -f -g -K -k -M -N -n -q -s -T -t -v -X -x -Y -y
          stops: yes
          handler: ssh

        sshpass
          option: -f read
          option: -p -d -P inert
          flags: -e -v -h -V
          operands: command...

        scp
          option: -F code-file
          option: -i read
          option: -S program
          option: -D shell
          option: -J host
          values: -c -l -P -X
          option: -o inert
          flag: -r ; tree
          flags: -3 -4 -6 -A -B -C -O -p -q -R -s -T -v -d -f -t
          handler: scp

        sftp
          option: -F code-file
          option: -i read
          option: -S program
          option: -D shell
          option: -b opaque:code
          option: -o inert
          option: -J host
          option: -s -B -c -l -P -R -X inert
          flags: -4 -6 -A -a -C -f -N -p -q -r -v
          handler: sftp
          operands: remote...

        rsync
          option: -e --rsh shell
          option: --rsync-path shell
          option: --files-from list-file
          option: --exclude-from --include-from --password-file --compare-dest --copy-dest --link-dest --read-batch read
          option: --log-file --write-batch --only-write-batch write
          option: -T --temp-dir --partial-dir --backup-dir write-tree
          option: --config code-file
          option: -f --filter inert
          option: -M --remote-option opaque:arguments
          option: --early-input read
          flag: --daemon ; opaque:arguments
          flag: --delete --del --delete-before --delete-during --delete-delay --delete-after --delete-excluded --delete-missing-args
          flag: --remove-source-files
          flags: -v -q -c -a -r -R -b -u -l -L -k -K -H -p -E -A -X -o -g -D -t -U -N -O -J -S -n -W -x -m -C -0 -s -h -P
          flags: -i -z -y -F -8 -4 -6 -d -I -V
          values: -B -@
          flags: --verbose --quiet --no-motd --checksum --archive --recursive --relative --no-implied-dirs --backup
          flags: --update --inplace --append --append-verify --dirs --old-dirs --mkpath --links --copy-links
          flags: --copy-unsafe-links --safe-links --munge-links --copy-dirlinks --keep-dirlinks --hard-links --perms
          flags: --executability --acls --xattrs --owner --group --devices --copy-devices --write-devices --specials
          flags: --times --atimes --open-noatime --crtimes --omit-dir-times --omit-link-times --super --fake-super
          flags: --sparse --preallocate --dry-run --whole-file --one-file-system --existing --ignore-existing
          flags: --ignore-non-existing --ignore-errors --force --delay-updates --prune-empty-dirs --numeric-ids
          flags: --ignore-times --size-only --fuzzy --compress --cvs-exclude --from0 --old-args --secluded-args
          flags: --protect-args --trust-sender --blocking-io --stats --8-bit-output --human-readable --progress --partial
          flags: --itemize-changes --list-only --no-perms --no-owner --no-group --no-o --no-g --no-p --no-times
          flags: --no-compress --ipv4 --ipv6 --version --help --no-recursive --no-links --no-D --no-t
          flags: --ignore-missing-args --noatime --no-relative --no-R --new-compress --old-compress --msgs2stderr
          flags: --force-change --fsync --no-inc-recursive --no-i-r --sender --server --no-whole-file --no-W --stderr-all
          values: --block-size --max-delete --max-size --min-size --modify-window --suffix --chmod --chown --usermap
          values: --groupmap --timeout --contimeout --skip-compress --compress-choice --zc --compress-level --zl --exclude
          values: --include --address --port --sockopts --out-format --bwlimit --stop-after --stop-at --time-limit
          values: --protocol --iconv --checksum-choice --cc --checksum-seed --info --debug --outbuf --copy-as --max-alloc
          values: --log-file-format --stderr
          handler: rsync

        dig, host, nslookup, delv, kdig, dog, doggo, resolvectl
          option: -f -k read
          any-option: plain
          handler: lookup

        getent
          flags: -i -h --no-idn --help --version -?
          values: -s --service
          handler: getent

        whois, ping, ping6, fping, hping3, arping, traceroute, traceroute6, tracepath, tracepath6, mtr, tcptraceroute, httping, tcping, gping, ntpdate, sntp, rdate, chronyc, ntpq, rpcinfo, nping, wakeonlan
          any-option: plain
          handler: hosts

        nmap, masscan, zmap, rustscan, naabu
          option: -iL --excludefile list-file
          option: -oN -oX -oG -oA -oS -oL write
          option: --script opaque:code
          option: --script-args inert
          option: --datadir code-file
          option: --resume read
          flag: --interactive ; opaque:code
          any-option: plain
          handler: hosts

        tcpdump
          option: -w write
          option: -r -F read
          option: -V list-file
          option: -z program
          option: -B -c -C -D -E -G -i -j -M -s -T -W -y -Z -Q inert
          flags: -A -b -d -dd -e -f -h -H -I -J -K -l -L -n -nn -N -O -p -q -S -t -tt -ttt -tttt -u -U -v -vv -vvv -x -xx
          flags: -X -XX -# --version --help --immediate-mode --number --print --list-interfaces
          operands: any

        openssl
          subcommands: yes
          default: opaque:code
          unknown: opaque:arguments

        openssl s_client
          style: single
          option: -connect -host -proxy -unix host
          option: -cert -key -CAfile -sess_in -cert_chain -psk_session read
          option: -sess_out -keylogfile -msgfile -early_data write
          option: -CApath read-tree
          option: -engine -provider -provider-path code-file
          values: -port -servername -starttls -cipher -ciphersuites -verify -alpn -pass -name -bind -xmpphost
          values: -verify_hostname -verify_ip -purpose -sigalgs -curves -groups -psk -psk_identity -nextprotoneg
          values: -min_protocol -max_protocol -ssl_config -verify_depth -keyform -certform -proxy_user -proxy_pass
          values: -dane_tlsa_domain -dane_tlsa_rrdata -split_send_frag -max_pipelines -read_buf -keymatexport
          values: -keymatexportlen
          any-option: plain
          operands: host

        openssl s_server, openssl ocsp, openssl s_time, openssl engine, openssl ts, openssl cmp, openssl srp, openssl ca, openssl sess_id
          always: opaque:arguments

        openssl rand, openssl passwd, openssl ciphers, openssl version, openssl list, openssl help, openssl prime, openssl errstr, openssl speed, openssl info
          style: single
          option: -out -writerand write
          option: -in -rand read
          option: -engine -provider -provider-path -config code-file
          any-option: plain
          operands: any

        openssl req, openssl x509, openssl genrsa, openssl genpkey, openssl rsa, openssl pkey, openssl ec, openssl dsa, openssl dgst, openssl sha1, openssl sha256, openssl sha512, openssl md5, openssl enc, openssl base64, openssl pkcs12, openssl pkcs8, openssl pkcs7, openssl crl, openssl verify, openssl pkeyutl, openssl rsautl, openssl smime, openssl cms, openssl asn1parse, openssl ecparam, openssl dhparam, openssl gendsa, openssl spkac, openssl kdf, openssl mac, openssl storeutl, openssl dsaparam, openssl pkeyparam, openssl crl2pkcs7, openssl nseq, openssl sha384, openssl sha224, openssl aes-256-cbc, openssl aes-128-cbc, openssl des3, openssl aes-256-ecb, openssl aes-128-ecb, openssl bf, openssl aes256
          style: single
          option: -in -inkey -CA -CAkey -CAfile -kfile -signkey -key -cert -certfile -verify -prverify -sign -signature -extfile -content -recip -untrusted -trusted -peerkey -force_pubkey -sigfile -secret -crl -CRLfile -paramfile read
          option: -signer modify
          option: -out -keyout -certsout -CAserial -writerand -outdir -signature-out write
          option: -CApath read-tree
          option: -rand read
          option: -config -engine -provider -provider-path code-file
          option: -passin -passout -pass -password plain
          values: -k -K -iv -S -md -iter -days -subj -newkey -keyform -inform -outform
          values: -algorithm -pkeyopt -name -set_serial -addext -reqexts -extensions -macopt -hmac -mac -caname -certpbe
          values: -keypbe -macalg -nameopt -certopt -reqopt -checkend -checkhost -checkemail -checkip -purpose -sigopt
          values: -curves -param_enc -conv_form -salt -asn1-kmac -digest -cipher -v2 -v1 -v2prf -not_before -not_after
          values: -ext -bufsize -size -prefix -startdate -enddate -crldays -strparse -offset -length -dlimit -seconds
          values: -bytes -multi -bits -num -setalias -addtrust -addreject -trust_name -email -from -to -subject -policy
          values: -verify_depth -saltfile
          any-option: plain
          operands: read...

        openssl rehash
          any-option: plain
          operands: modify-tree...

        gpg, gpg2, gpgv, gpgsm, gpg1
          option: -o --output write
          option: --options code-file
          option: --homedir --keyring --secret-keyring --trustdb-name --primary-keyring read
          option: --photo-viewer shell
          option: --agent-program --dirmngr-program --exec-path --pinentry-program --keyboxd-program program
          option: --passphrase-file --command-file --load-extension read
          option: --status-file --logger-file --attribute-file --log-file write
          option: --keyserver host
          option: --recipient-file --hidden-recipient-file read
          flag: --recv-keys --receive-keys --send-keys --search-keys --refresh-keys --fetch-keys --locate-keys --locate-external-keys --auto-key-locate ; opaque:host ; operands any
          flag: -k --list-keys --list-public-keys -K --list-secret-keys --fingerprint --list-signatures --check-signatures --list-sigs --check-sigs --list-gcrypt-config --list-config --version --help -h ; operands any
          flag: --gen-key --generate-key --full-gen-key --full-generate-key --quick-generate-key --quick-gen-key --edit-key --sign-key --lsign-key --quick-sign-key --delete-keys --delete-key --delete-secret-keys --delete-secret-key --delete-secret-and-public-keys --change-passphrase --passwd --gen-revoke --generate-revocation --quick-add-uid --quick-add-key --quick-set-expire --card-edit --edit-card --card-status --import-ownertrust --export-ownertrust ; operands any ; modify ~/.gnupg
          flag: --export --export-secret-keys --export-secret-subkeys --export-ssh-key ; read-tree ~/.gnupg ; operands any
          flag: --import --fast-import ; write ~/.gnupg
          flag: -d --decrypt ; read-tree ~/.gnupg
          flag: --use-embedded-filename ; opaque:path-write
          values: -r --recipient -R --hidden-recipient -u --local-user --default-key --passphrase --passphrase-fd
          values: --pinentry-mode --cipher-algo --digest-algo --compress-algo --s2k-cipher-algo --s2k-digest-algo
          values: --s2k-count --s2k-mode --status-fd --command-fd --logger-fd --trust-model --keyserver-options
          values: --import-options --export-options --list-options --verify-options --keyid-format --compress-level -z
          values: --set-filename --comment --display-charset --sig-policy-url --cert-digest-algo
          values: --personal-digest-preferences --max-output --attribute-fd --try-secret-key --encrypt-to
          values: --hidden-encrypt-to --group --min-cert-level --default-cert-level --sender --set-notation
          values: --default-recipient --completes-needed --marginals-needed --weak-digest --default-new-key-algo
          values: --faked-system-time --debug-level --compliance --tofu-policy
          flags: -e --encrypt -s --sign -c --symmetric -b --detach-sign --detach-sig -a --armor --dearmor --enarmor
          flags: --verify --verify-files -v --verbose -q --quiet -n --dry-run -i --interactive --batch --yes --no
          flags: --no-tty --clearsign --clear-sign -t --textmode --with-colons --with-fingerprint --with-keygrip
          flags: --with-subkey-fingerprint --no-default-keyring --no-options --always-trust --print-md --print-mds
          flags: --list-packets --no-auto-key-retrieve --auto-key-retrieve --use-agent --no-use-agent --force-mdc
          flags: --ignore-mdc-error --no-symkey-cache --throw-keyids --no-random-seed-file --store --no-verbose
          flags: --no-greeting --no-secmem-warning --ignore-time-conflict --allow-secret-key-import --import-filter
          flags: --keep-key --skip-verify --no-comments --no-emit-version --emit-version --openpgp --rfc4880 --gnupg
          flags: --multifile --unwrap --show-session-key --gen-random --check-trustdb --update-trustdb --fixed-list-mode
          flags: --with-secret --no-permission-warning --no-autostart --expert --no-auto-check-trustdb --show-keyring
          flags: --no-armor
          handler: gpg
          operands: read...

        ssh-keygen
          option: -f inert
          option: -D code-file
          option: -w code-file
          option: -s read
          flag: -l -B -y -e -i -L
          flag: -H
          option: -F inert
          option: -R inert
          option: -C -N -P -t -b -m -E -O -Z -a -I -n -V -z -r -M -Y inert
          flags: -A -c -g -h -k -K -o -p -q -Q -u -U -v -x
          handler: sshkeygen
          operands: read...

        ssh-agent
          option: -a write
          option: -O -P inert
          option: -E -t inert
          flags: -c -s -k -d -D -u -U -T
          operands: command...

        ssh-add, ssh-copy-id, ssh-keyscan
          option: -f read
          any-option: yes
          handler: sshtools

        aria2c
          option: -i --input-file opaque:host
          option: -d --dir directory
          option: -o --out write
          option: --conf-path code-file
          option: -T --torrent-file -M --metalink-file --load-cookies --certificate --private-key --ca-certificate --netrc-path read
          option: --save-session --save-cookies -l --log --server-stat-of write
          option: --on-download-complete --on-download-error --on-download-pause --on-download-start --on-download-stop --on-bt-download-complete program
          option: --all-proxy --http-proxy --https-proxy --ftp-proxy host
          flag: --enable-rpc ; opaque:host
          any-option: plain
          always: write-tree .
          operands: url...

        lynx, w3m, links, elinks, browsh, links2, surfraw, sr
          option: -cfg -lss -cmd_script -config -config-file -eval code-file
          option: -cmd_log write
          any-option: yes
          always: opaque:arguments
          operands: url...

        open, xdg-open, start, sensible-browser, x-www-browser, www-browser, firefox, google-chrome, chromium, chromium-browser, safari, brave-browser, gnome-open, kde-open, opener, open-cli, gio, exo-open, wslview
          any-option: yes
          handler: opener
        """#
}
