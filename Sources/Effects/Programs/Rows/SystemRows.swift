// SPDX-License-Identifier: Apache-2.0

extension ProgramFamilies {
    /// Processes, users, services and devices.
    static let systemTools = #"""
        ps
          style: none
          handler: ps
          operands: any

        pmap
          option: -N --create-rc-to write
          option: -C --read-rc-from read
          option: -A --range inert
          flag: -n --create-rc ; write ~/.pmaprc
          flags: -x -d -q -p -X -c -h -V --extended --device --quiet --show-path --read-rc --help --version
          operands: inert...

        top, htop, btop, iotop, iftop, nethogs, bmon, vmstat, iostat, mpstat, free, lsof, pwdx, pstree, slabtop, lsmod, modinfo, lspci, lsusb, lscpu, lsblk, lsmem, lsns, lsipc, lsirq, lslocks, lsfd, lspgpot, sensors, acpi, upower, numastat, ipcs, netstat, vm_stat, sw_vers, system_profiler, ioreg, kextstat, lsb_release, getconf, getcap, lslogins, findmnt, lsinitramfs, systemd-detect-virt, systemd-cgls, systemd-cgtop, virt-what, isainfo, prtstat, iwgetid, procs, duf, bandwhich, btm, fincore, isosize, readprofile
          any-option: yes
          operands: any

        # They show, and write what they are told to write.
        atop, gtop, sar, glances, lshw, hwinfo, dmidecode, utmpdump, nvidia-smi, rocm-smi, blkid, vcgencmd
          any-option: plain
          operands: plain...

        ss
          flags: -n -r -a -l -o -e -m -p -s -i -t -u -d -w -x -4 -6 -0 -Z -z -E -b -M -S -H -O -Q -V -h -T -B
          flags: --numeric --resolve --all --listening --options --extended --memory --processes --summary --info
          flags: --tcp --udp --dccp --raw --unix --ipv4 --ipv6 --packet --context --contexts --events --bpf --mptcp
          flags: --sctp --vsock --xdp --no-header --oneline --no-queues --version --help --threads --tipc --inet-sockopt
          flags: --tos --cgroup --bound-inactive
          values: -f --family -A --query --socket -N --net
          option: -D --diag write
          option: -F --filter read
          flag: -K --kill ; opaque:arguments
          operands: any

        pidstat
          option: -e opaque:program
          any-option: yes
          operands: any

        powertop
          option?: -w --workload shell
          flag: --auto-tune ; opaque:arguments
          any-option: plain
          operands: plain...

        # Their settings are shell code, or name commands.
        neofetch, fastfetch, screenfetch
          option: --config --load-config -c -a code-file
          any-option: plain
          operands: plain-read...

        inxi
          flags: -a -A -b -B -c -C -d -D -e -E -f -F -G -h -I -j -J -l -L -m -M -n -N -o -O -p -P -q -Q -r -R -s -S -t
          flags: -u -v -V -x -X -y -Y -z -Z -NUM --admin --audio --basic --battery --color --cpu --disk --full --graphics
          flags: --help --machine --memory --network --partition --processes --raid --repos --sensors --system --usb
          flags: --version --filter --extra --no-host --no-man
          option: -i -w -W --ip --weather opaque:host
          operands: any

        systemd-analyze
          any-option: plain
          subcommands: some
          operands: plain-read...

        systemd-analyze log-level, systemd-analyze log-target, systemd-analyze set-log-level, systemd-analyze set-log-target, systemd-analyze service-watchdogs, systemd-analyze unit-shell
          always: opaque:arguments

        fuser
          flags: -a --all -i --interactive -I --inode -l --list-signals -m --mount -M --ismountpoint -s --silent -u --user
          flags: -v --verbose -V --version -4 -6 -c -f -w -n --ipv4 --ipv6 --namespace
          flag: -k --kill ; opaque:arguments
          operands: any

        # What other processes say among themselves, and what is loaded into the kernel.
        peekfd, kmutil
          always: opaque:arguments

        last, lastb, lastlog, ac, sa, lastcomm, faillog, aureport, ausearch
          option: -f --file read
          any-option: yes
          always: read /var/log/wtmp

        pwck, grpck, getpcaps
          always: read /etc/passwd
          any-option: yes

        dmesg
          flags: -c --read-clear -H --human -J --json -k --kernel -P --nopager -p --force-prefix -r --raw --noescape -S
          flags: --syslog -u --userspace -w --follow -W --follow-new -x --decode -d --show-delta -e --reltime -T --ctime
          flags: -t --notime -h --help -V --version
          values: -f --facility -l --level -s --buffer-size --time-format --since --until
          values?: -L --color
          option: -F --file read
          flag: -C --clear -D --console-off -E --console-on ; opaque:arguments
          option: -n --console-level opaque:arguments

        logger
          flags: -i -e --skip-empty --no-act --octet-count --prio-prefix -s --stderr -T --tcp -d --udp --rfc3164 -h
          flags: --help -V --version
          values: -p --priority -S --size -t --tag -P --port --sd-id --sd-param --msgid
          values?: --id --rfc5424 --socket-errors --journald
          option: -f --file read
          option: -n --server host
          option: -u --socket modify
          operands: any

        journalctl
          flags: --system --user -m --merge -k --dmesg -r --reverse --show-cursor --utc -x --catalog --no-hostname
          flags: --no-full -a --all -f --follow --no-tail -q --quiet --no-pager -e --pager-end --force -h --help
          flags: --version -N --fields --list-boots --disk-usage --verify --header --list-catalog --dump-catalog
          option: --cursor-file modify
          values: --image --namespace --after-cursor --user-unit --facility --output-fields --interval
          values: --verify-key
          values?: -b --boot --case-sensitive
          option: --file -i read
          option: -D --directory --root read-tree
          option: -M --machine opaque:arguments
          flag: --rotate --flush --relinquish-var --smart-relinquish-var --sync --update-catalog --setup-keys ; opaque:arguments
          option: --vacuum-size --vacuum-time --vacuum-files opaque:arguments
          values: -g --grep -u --unit -n -p -S -U -t -o -c -F --since --until --cursor --identifier --priority --output
          values: --lines --field
          operands: any

        systemctl
          option: -H --host host
          option: -M --machine opaque:arguments
          option: --root read-tree
          values: -t --type --state -p --property -P -n --lines -o --output -s --signal --kill-who --kill-whom --job-mode
          values: --preset-mode --what --when --timestamp
          flags: --user --system --global --no-pager --no-legend --no-block --quiet -q --all -a --full -l --failed --now
          flags: --force -f --runtime --plain --wait --no-ask-password --recursive -r --reverse --with-dependencies
          flags: --show-types --value --help -h --version --no-wall --no-reload --dry-run -i --check-inhibitors --before
          flags: --after --legend --marked
          subcommands: yes
          inherit: yes
          default: inert x
          unknown: opaque:arguments

        systemctl status, systemctl is-active, systemctl is-enabled, systemctl is-failed, systemctl list-units, systemctl list-unit-files, systemctl list-timers, systemctl list-sockets, systemctl list-dependencies, systemctl list-jobs, systemctl list-machines, systemctl list-automounts, systemctl list-paths, systemctl show, systemctl cat, systemctl get-default, systemctl show-environment, systemctl help, systemctl is-system-running
          operands: any

        service
          handler: service
          style: none

        initctl, rc-service, rc-update, rc-status, chkconfig, update-rc.d, invoke-rc.d, insserv, sv, runit, s6-rc, svc, svcadm, telinit, init, shutdown, reboot, halt, poweroff, systemd-nspawn, systemd-tmpfiles, loginctl, hostnamectl, timedatectl, localectl, networkctl, busctl, dbus-send, gdbus, dconf, gsettings, dbus-monitor, homectl, portablectl, udevadm, bootctl, kernel-install, systemd-sysusers, systemd-firstboot
          any-option: yes
          handler: administration

        useradd, adduser, usermod, userdel, deluser, groupadd, addgroup, groupmod, groupdel, delgroup, groupmems, gpasswd, passwd, chpasswd, chgpasswd, newusers, chage, chsh, chfn, chpass, pw, pwconv, pwunconv, grpconv, grpunconv, faillock, pam-auth-update, dscl, dseditgroup, sysadminctl, dsenableroot, dscacheutil, pwpolicy, authconfig, authselect, realm, sss_cache, kinit, kdestroy, smbpasswd, pdbedit, samba-tool, net, wbinfo, setspn
          any-option: yes
          always: opaque:arguments

        mount, umount, swapon, swapoff, losetup, fdisk, sfdisk, cfdisk, gdisk, sgdisk, parted, partprobe, partx, addpart, delpart, resizepart, mkfs, mkfs.ext2, mkfs.ext3, mkfs.ext4, mkfs.xfs, mkfs.btrfs, mkfs.vfat, mkfs.minix, mkfs.cramfs, mkfs.bfs, mke2fs, mkswap, mkdosfs, newfs, wipefs, blkdiscard, blkzone, fsck, fsck.ext4, e2fsck, tune2fs, resize2fs, debugfs, dumpe2fs, e2image, e2label, xfs_repair, btrfs, zfs, zpool, cryptsetup, dmsetup, lvm, pvcreate, vgcreate, lvcreate, lvremove, vgremove, pvremove, mdadm, hdparm, smartctl, nvme, eject, fstrim, fsfreeze, swaplabel, pivot_root, switch_root, diskutil, hdiutil, mount_nfs, mount.nfs, fusermount, fusermount3, ntfsfix, badblocks, e4defrag, quota, edquota, setquota, bless, nvram, csrutil, fdesetup, tmutil, asr, newfs_hfs, kpartx, multipath, iscsiadm, targetcli
          any-option: yes
          handler: administration

        insmod, modprobe, rmmod, kmod, depmod, kextload, kextunload, kextutil, dkms, kexec, sysctl, ldconfig, setcap, setenforce, semanage, setsebool, semodule, restorecon, chcat, sestatus, getenforce, aa-complain, aa-enforce, aa-disable, apparmor_parser, auditctl, auditd, augenrules, rsyslogd, syslogd, syslog-ng, logrotate, hwclock, rtcwake, ctrlaltdel, zramctl, chmem, chcpu, ldattach, agetty, getty, setkeycodes, loadkeys, setfont, chvt, openvt, deallocvt, wall, write, fsadm, update-grub, grub-install, grub-mkconfig, efibootmgr, update-initramfs, mkinitcpio, dracut, locale-gen, update-locale, dpkg-divert, dpkg-statoverride, update-ca-certificates, update-ca-trust, trust, certutil, security, alternatives, update-alternatives, debconf-set-selections, cloud-init, spctl, systemsetup, networksetup, scutil, pmset, profiles, softwareupdate, installer, pkgutil, lsregister, launchctl, defaults, plutil, PlistBuddy, tccutil, osacompile, kickstart, screencapture, pbpaste, say, automator, shortcuts, mdutil, nvidia-settings, ipcrm, ipcmk, freebsd-update, pkg_add, crash, gcore, gencore, coredumpctl, criu, usbguard, fwupdmgr, rfkill, iw, iwconfig, wpa_cli, nmcli, nmtui, ifup, ifdown, dhclient, dhcpcd, ethtool, mii-tool, tc, brctl, bridge, vconfig, ipset, conntrack, ebtables, arptables, iptables, ip6tables, iptables-save, iptables-restore, ip6tables-save, ip6tables-restore, nft, ufw, firewall-cmd, pfctl, fail2ban-client, tcpkill, macchanger, tunctl, openconnect, vpnc, strongswan, ipsec, sshd, httpd, nginx, apache2, apachectl, apache2ctl, a2enmod, a2ensite, vsftpd, smbd, named, dnsmasq, squid, inetd, xinetd, postfix, exim, cupsd, lpadmin, lpc, snort, suricata, ossec-control, clamscan, freshclam, chkrootkit, rkhunter, lynis, tripwire, aide, stratus, containerd, dockerd, buildkitd, lxc-start, virsh, virt-install, qemu-system-x86_64, qemu-img, VBoxManage
          any-option: yes
          handler: administration

        ip
          any-option: yes
          handler: ipcommand

        ifconfig, route, arp, rarp, iptunnel, ipmaddr, nameif, plipconfig, slattach, ipcalc, sipcalc, ifstat, nstat, rtacct, lnstat, netplan
          any-option: yes
          handler: ipcommand

        osascript
          option: -e opaque:code ; operands any
          option: -l inert
          flags: -i -s -h
          input: code:other
          operands: code-file inert...

        apt, apt-get, aptitude, nala
          option: -o --option opaque:arguments
          option: -c --config-file code-file
          flags: -y -q -qq -s -d -f -m -u -V -b --yes --assume-yes --assume-no --quiet --simulate --dry-run --just-print
          flags: --download-only --fix-broken --no-install-recommends --install-recommends --install-suggests
          flags: --no-install-suggests --reinstall --allow-unauthenticated --allow-downgrades --allow-remove-essential
          flags: --allow-change-held-packages --purge --auto-remove --autoremove --fix-missing --ignore-missing
          flags: --no-download --show-upgraded --verbose-versions --only-upgrade --no-upgrade --trivial-only --no-remove
          flags: --force-yes --print-uris --version --help -h -v --installed --upgradable --all-versions -a
          flags: --allow-releaseinfo-change --allow-insecure-repositories --with-new-pkgs --show-progress
          values: -t --target-release --default-release
          subcommands: yes
          inherit: yes
          unknown: opaque:arguments

        apt list, apt search, apt show, apt policy, apt depends, apt rdepends, apt-get check, apt-get indextargets, apt help, apt-get help, aptitude search, aptitude show, apt moo, apt-get moo
          operands: any

        apt-get changelog, apt changelog, apt-get download, apt download, apt-get source, apt source
          always: opaque:host ; write-tree .
          operands: any

        apt-get update, apt update, apt-get install, apt install, apt-get upgrade, apt upgrade, apt-get dist-upgrade, apt full-upgrade, apt-get remove, apt remove, apt-get purge, apt purge, apt-get autoremove, apt autoremove, apt-get build-dep, apt build-dep, apt-get reinstall, apt reinstall
          handler: aptinstall

        apt-get clean, apt clean, apt-get autoclean, apt autoclean
          always: write-tree /var/cache/apt

        apt-cache, apt-file, apt-rdepends, dpkg-query, debtree, apt-show-versions
          option: -c --config-file code-file
          option: -o --option opaque:arguments
          any-option: yes

        dpkg-parsechangelog
          option: -l --file read
          any-option: plain

        dpkg-architecture
          option: -c --command shell ; operands opaque:program...
          any-option: yes

        apt-listchanges
          always: opaque:arguments

        rpmquery, rpmverify
          option: -E --eval --define -D opaque:code
          option: --pipe shell
          option: --rcfile --macros --load code-file
          any-option: plain
          operands: plain-read...

        apt-key, apt-mark, apt-config, apt-cdrom, add-apt-repository, apt-add-repository, debconf, dpkg-reconfigure, dpkg-preconfigure, tasksel, gdebi, unattended-upgrade, unattended-upgrades, alien, synaptic, packagekit, pkcon
          always: opaque:arguments

        dpkg
          flag: -l --list -s --status -L --listfiles -S --search -p --print-avail --get-selections --print-architecture --print-foreign-architectures --audit -C --verify -V --version --help ; operands any
          flag: -c --contents -I --info -f --field --compare-versions -W --show --validate-pkgname ; operands read inert...
          flag: -x --extract -X --vextract ; operands read write-tree
          flag: -b --build ; operands read-tree write
          values: --admindir --instdir --root --status-fd --log --path-exclude --path-include
          option: --pre-invoke --post-invoke --status-logger shell
          flag: -i --install --unpack --configure -r --remove -P --purge -A --set-selections --add-architecture --remove-architecture --clear-avail --update-avail --merge-avail --triggers-only -a --force-all ; opaque:arguments ; operands code-file...
          any-option: yes

        dpkg-deb
          flag: -c --contents -I --info -f --field -W --show ; operands read inert...
          flag: -x --extract -X --vextract -R --raw-extract ; operands read write-tree
          flag: -b --build ; operands read-tree write
          flag: -e --control ; operands read write-tree
          any-option: yes
          operands: opaque:arguments

        rpm
          flag: -q --query -V --verify --querytags --version --help --showrc ; operands any
          flag: -E --eval ; opaque:code
          option: --define -D inert
          option: --pipe shell
          option: --rcfile --macros --load code-file
          flags: -a -l -i -p -f -c -d --all --list --info --scripts --changelog --requires --provides --whatrequires
          flags: --whatprovides --last -R --file --package -s --state --nodeps --nosignature --nodigest
          values: --qf --queryformat --root --dbpath
          handler: rpm

        dnf, yum, microdnf, zypper, tdnf, dnf5
          option: -c --config code-file
          option: --installroot --setopt --plugins-dir --forcearch opaque:arguments
          option: --repofrompath opaque:host
          inherit: yes
          any-option: plain
          subcommands: yes
          unknown: opaque:arguments

        dnf list, dnf info, dnf search, dnf repolist, dnf provides, dnf check-update, dnf repoquery, dnf deplist, yum list, yum info, yum search, yum repolist, yum provides, yum check-update, yum deplist, zypper search, zypper se, zypper info, zypper if, zypper lr, zypper repos, zypper packages, zypper patterns, dnf help, yum help, zypper help
          any-option: plain
          operands: plain-read...

        dnf history, yum history
          any-option: plain
          subcommands: yes
          default: inert x
          unknown: opaque:arguments

        dnf history list, dnf history info, dnf history userinstalled, yum history list, yum history info, yum history summary
          any-option: plain
          operands: any

        apk
          any-option: yes
          subcommands: yes
          unknown: opaque:arguments

        apk info, apk search, apk list, apk version, apk policy, apk dot, apk stats
          any-option: yes

        pacman, yay, paru
          flag: -Q --query -T --deptest -F --files ; operands any
          flag: -Ss -Si -Sg -Sl -Qi -Ql -Qs -Qe -Qo -Qm -Qdt -Qu -Qk -Qq -Qn -Fl -Fx -h -V --help --version ; operands any
          flags: --noconfirm --needed -q -i -l -s -e -m -n -t -u -o -p -k -d -g
          flags: --info --list --search --owns --explicit --deps --foreign --native --unrequired --upgrades --quiet --check --groups --changelog
          values: --color

        brew, port, mas, fink, linuxbrew
          subcommands: yes
          default: inert x
          any-option: yes
          unknown: opaque:arguments

        brew list, brew info, brew search, brew config, brew doctor, brew outdated, brew deps, brew uses, brew leaves, brew desc, brew --prefix, brew --version, brew --cellar, brew help, brew home, brew cat, brew log, brew ls, brew options, brew missing, brew tap-info, brew commands, brew formulae, brew casks, brew services-list, brew analytics, port list, port search, port info, port installed, port outdated, mas list, mas search
          any-option: plain
          operands: formula...

        snap, flatpak, pkg, emerge, equery, xbps-install, xbps-query, xbps-remove, eopkg, swupd, opkg, pkg_info, slackpkg, installpkg, sbopkg, urpmi, conary, appimagetool, winget, choco, scoop, pkgin, rpm-ostree, transactional-update
          subcommands: yes
          any-option: yes
          unknown: opaque:arguments

        snap list, snap find, snap info, snap version, snap connections, snap changes, flatpak list, flatpak search, flatpak info, flatpak remotes, opkg list, opkg info, winget list, winget search, choco list, choco search, scoop list, scoop search
          any-option: yes

        history, fc, bind
          any-option: yes

        lp, lpr, lpq, lpstat, lprm, cancel
          option: -H -h host
          any-option: yes
          operands: read...

        enscript
          option: -I --filter shell
          option: -o -p --output write
          any-option: plain
          operands: read...

        a2ps
          option: -o --output write
          option: --delegate --user-option opaque:arguments
          any-option: plain
          operands: read...

        watchdog, inotifywait, inotifywatch, watchman-wait
          option: --fromfile read
          option: -o --outfile write
          any-option: yes
          operands: read-dir...

        # What is on the clipboard may be a password.
        xclip
          style: single
          flag: -o -out ; opaque:arguments
          flags: -i -in -f -filter -r -rmlastnl -silent -quiet -verbose -h -help -version -noutf8 -sensitive
          values: -selection -select -sel -se -s -display -d -loops -l -target -t -wait
          operands: read...

        xsel
          flag: -o --output ; opaque:arguments
          option: -l --logfile write
          flags: -a --append -f --follow -z --zeroflush -i --input -c --clear -d --delete -p --primary -s --secondary
          flags: -b --clipboard -k --keep -x --exchange -h --help -v --verbose -n --nodetach --version
          values: --display -t --selectionTimeout

        wl-paste
          flags: -h --help -v --version
          always: opaque:arguments
          operands: command...

        pbcopy, wl-copy, clip
          any-option: yes

        notify-send, zenity, dialog, whiptail, xmessage, kdialog, gxmessage, beep
          any-option: plain-read
          option: --create-rc write
          operands: plain-read...

        aplay, paplay, afplay, osd_cat
          any-option: yes
          operands: read...

        espeak, espeak-ng
          flags: -q -x -X -m -z -h --pho --stdin --stdout --compile-debug
          option: -f --input-file read
          option: -w -o --output-file write
          values: -a -b -g -k -l -p -s -v -r --ipa --path --punct --split --voices
          operands: any

        xdotool, xdg-settings, xdg-mime, xset, xrandr, setxkbmap, xmodmap, xrdb, xhost, xauth, xterm, gnome-terminal, konsole, alacritty, kitty, wezterm, xfce4-terminal, terminator, urxvt, rofi, fzf-tmux, scrot, gnome-screenshot, maim
          always: opaque:arguments

        fzy, smenu
          option: --preview --bind --execute inert ; opaque:code
          any-option: yes
          operands: any

        pv
          option: -o --output -P --pidfile write
          option: -R --remote -d --watchfd opaque:arguments
          values: -L --rate-limit -s --size -i --interval -B --buffer-size -N --name -H --height -w --width -F --format
          values: -D --delay-start -E --skip-errors -Z --error-skip-block
          any-option: plain
          operands: read...
          always: passes

        mbuffer, buffer, throttle, cstream
          option: -o -T -l --outfile --logfile write
          option: -O -I opaque:host
          option: -A shell
          option: -i read
          any-option: plain
          operands: read...
          always: passes

        ldd
          flags: -v -u -d -r --verbose --unused --data-relocs --function-relocs --help --version
          operands: loaded...

        sotruss, sprof, mtrace
          flags: -v -u -d -r --verbose --unused --data-relocs --function-relocs --help --version
          always: opaque:arguments
          operands: code-file...

        size, dyldinfo, greadelf, gobjdump
          option: --plugin code-file
          any-option: yes
          operands: read...

        lipo, ropper, ROPgadget
          style: single
          option: -output -o write
          any-option: plain
          operands: read...

        # It hands what it finds to programs that unpack it.
        binwalk
          flag: -e --extract -M --matryoshka -z --carve ; write-tree . ; opaque:arguments
          option: -D --dd --run-as -P --plugin opaque:code
          option: -C --directory write-tree
          option: -f --log write
          any-option: plain
          operands: read...

        gobjcopy
          any-option: plain
          operands: modify...

        zdump, ascii, figlet, toilet, fortune, lolcat, banner, cmatrix, nyancat, oneko, primes, rot13, ponysay
          any-option: plain-read
          operands: plain-read...

        # A cow is a file of Perl.
        cowsay, cowthink
          option: -f code-file
          values: -e -T -W
          flags: -b -d -g -p -s -t -w -y -l -n -h -C -r
          operands: any

        jp2a
          option: --output write
          any-option: plain
          operands: plain-read...
        """#
}
