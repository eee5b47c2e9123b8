// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// What several starter policies have in common.
enum StarterText {
    /// The tools whose calls are judged by their effects.
    static let calls = #"""
        // ---- Calls ---------------------------------------------------------------------------------------------------------

        // The tools of coding agents and of `writ check`, where Writ knows what their arguments mean. What they may do is decided
        // by the effects below. A server of yours needs a permit of its own: permit (principal, action in Action::"<alias>", …).
        @id("agent-calls")
        permit (
            principal,
            action in [
                Action::"local", Action::"claude-code", Action::"codex", Action::"cursor", Action::"gemini",
                Action::"copilot", Action::"openclaw"
            ],
            resource
        ) when { context.call.mapped };

        """#

    /// What no agent may do, in any of them.
    static let forbids = #"""
        // ---- Secrets -------------------------------------------------------------------------------------------------------

        // Keys, tokens and passwords by the names and places where programs keep them. It leaves open: a secret in a file of
        // another name, what a search through the whole project (grep -r . , tar) or its history (git log -p) passes by on
        // its way, and what is in the environment of the agent's commands.
        @id("secrets")
        @reason("secrets are not for agents")
        forbid (principal, action in [Action::"read", Action::"write", Action::"delete"], resource is File)
        when {
            resource.path like "*/.ssh" || resource.path like "*/.ssh/*" || resource.path like "*/.gnupg*" ||
            resource.path like "*/.aws" || resource.path like "*/.aws/*" || resource.path like "*/.azure*" ||
            resource.path like "*/.kube" || resource.path like "*/.kube/*" ||
            resource.path like "*/.docker/config.json" || resource.path like "*/.config/gcloud*" ||
            resource.path like "*/.config/gh/*" || resource.path like "*/.config/op/*" ||
            resource.path like "*/.password-store*" || resource.path like "*/.netrc" || resource.path like "*/_netrc" ||
            resource.path like "*/.pgpass" || resource.path like "*/.my.cnf" ||
            resource.path like "*/.git-credentials" || resource.path like "*/.npmrc" ||
            resource.path like "*/.pypirc" || resource.path like "*/.vault-token" ||
            resource.path like "*/.terraformrc" || resource.path like "*/.terraform.d/credentials*" ||
            resource.path like "*/.cargo/credentials*" || resource.path like "*/.gem/credentials" ||
            resource.path like "*/.htpasswd" || resource.path like "*/id_rsa*" || resource.path like "*/id_ed25519*" ||
            resource.path like "*/id_ecdsa*" || resource.path like "*/id_dsa*" || resource.path like "*.p12" ||
            resource.path like "*.pfx" || resource.path like "*.kdbx" || resource.path like "*.keychain*" ||
            resource.path like "*.jks" || resource.path like "*.ovpn" || resource.path like "*/.s3cfg" ||
            resource.path like "*/.boto" || resource.path like "*/.dockercfg" ||
            resource.path like "*/credentials.json" || resource.path like "*/client_secret*.json" ||
            resource.path like "*/secrets.y*ml" || resource.path like "*.key" || resource.path like "*.keystore" ||
            resource.path like "*.ppk" || resource.path like "*.agekey" || resource.path like "*.tfstate" ||
            resource.path like "*.tfstate.backup" || resource.path like "*/kubeconfig" ||
            resource.path like "*/.vault_pass" || resource.path like "*/.mylogin.cnf" ||
            resource.path like "*/service-account.json" || resource.path like "*/service_account.json" ||
            resource.path like "*/application_default_credentials.json" || resource.path like "*/secrets.json" ||
            resource.path like "*/secrets.toml" || resource.path like "*/wallet.dat" ||
            resource.path like "*/.smbcredentials" || resource.path like "*/.passwd-s3fs" ||
            resource.path like "*/.config/git/credentials" || resource.path like "*/.config/hub" ||
            resource.path like "*/.config/doctl/*" || resource.path like "*/.config/pip/pip.conf" ||
            resource.path like "*/.config/solana/id.json" || resource.path like "*/.fly/config.yml" ||
            resource.path like "*/.m2/settings*.xml" || resource.path like "*/.gradle/gradle.properties" ||
            resource.path like "*/containers/auth.json" ||
            (resource.path like "*.pem" &&
             !(resource.path like "/etc/ssl/certs/*" || resource.path like "/usr/*" || resource.path like "*/ca.pem" ||
               resource.path like "*/cacert.pem" || resource.path like "*/cert.pem" || resource.path like "*/chain.pem" ||
               resource.path like "*/fullchain.pem" || resource.path like "*/dhparam.pem" ||
               resource.path like "*/public.pem"))
        };
        @id("secrets-env")
        @reason("secrets are not for agents")
        forbid (principal, action in [Action::"read", Action::"write", Action::"delete"], resource is File)
        when {
            (resource.path like "*/.env" || resource.path like "*/.env.*" || resource.path like "*/.env-*" ||
             resource.path like "*/.envrc") &&
            !(resource.path like "*/.env*.example" || resource.path like "*/.env*.sample" ||
              resource.path like "*/.env*.template" || resource.path like "*/.env*.dist" ||
              resource.path like "*/.env*.defaults" || resource.path like "*/.env*.schema")
        };

        // Accounts, passwords and keys of the system, and disks past their file systems.
        @id("secrets-system")
        @reason("secrets are not for agents")
        forbid (principal, action in [Action::"read", Action::"write", Action::"delete"], resource is File)
        when {
            resource.path like "/etc/passwd*" || resource.path like "/etc/shadow*" ||
            resource.path like "/etc/gshadow*" || resource.path like "/etc/sudoers*" ||
            resource.path like "/etc/master.passwd*" || resource.path like "/etc/security/*" ||
            resource.path like "/etc/ssh/*key*" || resource.path like "/etc/ssl/private*" ||
            resource.path like "/etc/krb5.keytab" || resource.path like "/etc/pam*" ||
            resource.path like "/proc/*/environ" || resource.path like "/proc/*/mem" ||
            resource.path like "/proc/*/maps" || resource.path like "/proc/kcore" || resource.path like "/dev/mem" ||
            resource.path like "/dev/kmem" || resource.path like "/run/secrets*" ||
            resource.path like "/var/run/secrets*" || resource.path like "/var/db/dslocal*" ||
            resource.path like "/Library/Keychains*" || resource.path like "/etc/kubernetes/admin.conf" ||
            resource.path like "/etc/letsencrypt/live*" || resource.path like "/etc/letsencrypt/archive*" ||
            resource.path like "/etc/NetworkManager/system-connections*" || resource.path like "/etc/wireguard*" ||
            resource.path like "/var/lib/kubelet/pki*"
        };
        @id("disks")
        @reason("a disk as such has every file in it")
        forbid (principal, action in [Action::"read", Action::"write", Action::"delete"], resource is File)
        when {
            resource.path like "/dev/sd*" || resource.path like "/dev/hd*" || resource.path like "/dev/vd*" ||
            resource.path like "/dev/xvd*" || resource.path like "/dev/nvme*" || resource.path like "/dev/mmcblk*" ||
            resource.path like "/dev/disk*" || resource.path like "/dev/rdisk*" || resource.path like "/dev/dm-*" ||
            resource.path like "/dev/mapper/*" || resource.path like "/dev/md*" || resource.path like "/dev/loop*" ||
            resource.path like "/dev/block/*" || resource.path like "/dev/sg*" || resource.path like "/dev/nbd*" ||
            resource.path like "/dev/port" || resource.path like "/dev/input/*"
        };

        // What browsers, password stores, shells, databases and command line tools remember.
        @id("secrets-remembered")
        @reason("secrets are not for agents")
        forbid (principal, action in [Action::"read", Action::"write", Action::"delete"], resource is File)
        when {
            resource.path like "*/.*_history" || resource.path like "*/fish_history" ||
            resource.path like "*/.histfile" || resource.path like "*/.history" || resource.path like "*/.mozilla/*" ||
            resource.path like "*/.config/google-chrome*" || resource.path like "*/.config/chromium*" ||
            resource.path like "*/.config/BraveSoftware*" || resource.path like "*/.config/microsoft-edge*" ||
            resource.path like "*/Library/Application Support/*" || resource.path like "*/Library/Cookies*" ||
            resource.path like "*/Library/Keychains*" || resource.path like "*/Library/Safari*" ||
            resource.path like "*/.local/share/keyrings*" || resource.path like "*/Login Data*" ||
            resource.path like "*/key4.db" || resource.path like "*/logins.json" ||
            resource.path like "*/Cookies.binarycookies" || resource.path like "*/.lesshst" ||
            resource.path like "*/.viminfo" || resource.path like "*/.zhistory" ||
            resource.path like "*/atuin/history.db" || resource.path like "*/.claude/.credentials.json" ||
            resource.path like "*/.codex/auth.json" || resource.path like "*/.gemini/oauth_creds.json" ||
            resource.path like "*/.config/github-copilot/*" || resource.path like "*/.config/glab-cli/*" ||
            resource.path like "*/.config/rclone/*" || resource.path like "*/.config/sops/*" ||
            resource.path like "*/.oci/*" || resource.path like "*/huggingface/token" ||
            resource.path like "*/.kaggle/kaggle.json" || resource.path like "*/.databrickscfg" ||
            resource.path like "*/composer/auth.json" || resource.path like "*/.Xauthority" ||
            resource.path like "*/.bash_sessions/*" || resource.path like "*/.zsh_sessions/*" ||
            resource.path like "*/ConsoleHost_history.txt" || resource.path like "*/nushell/history.*" ||
            resource.path like "*/.config/vivaldi*" || resource.path like "*/.config/opera*" ||
            resource.path like "*/.librewolf/*" || resource.path like "*/.var/app/*" ||
            resource.path like "*/snap/chromium/*" || resource.path like "*/snap/firefox/*" ||
            resource.path like "*/cookies.sqlite*" || resource.path like "*/.local/share/kwalletd*" ||
            resource.path like "*/.claude.json" || resource.path like "*/.copilot/config.json" ||
            resource.path like "*/.openclaw/openclaw.json" || resource.path like "*/.openclaw/credentials/*" ||
            resource.path like "*/opencode/auth.json"
        };

        // ---- Writ itself, and what would speak for it ------------------------------------------------------------------------

        // Writ's files, its programs and sockets, and the settings that put its hooks before the agent's tools. It leaves open
        // what is written under names that no command line has: by an archive that is unpacked over the project, a commit
        // that is checked out, a patch. And a signal by the number of a process: where the daemon is ended so, each hook
        // decides by itself, and a gateway that is ended takes its servers' tools with it.
        @id("writ-itself")
        @reason("an agent does not change its own lock")
        forbid (principal, action in [Action::"read", Action::"write", Action::"delete"], resource is File)
        when { resource.path like "*/.writ" || resource.path like "*/.writ/*" || resource.path like "*/writ.sock" };
        @id("writ-hooks")
        @reason("an agent does not change its own lock")
        forbid (principal, action in [Action::"write", Action::"delete"], resource is File)
        when {
            resource.path like "*/bin/writ" || resource.path like "*/bin/writd" || resource.path like "*/.claude" ||
            resource.path like "*/.claude/settings*" || resource.path like "*/.claude/hooks*" ||
            resource.path like "*/.claude/agents*" || resource.path like "*/.claude/skills*" ||
            resource.path like "*/.claude/plugins*" || resource.path like "*/.claude.json" ||
            resource.path like "*/.codex" || resource.path like "*/.codex/*" || resource.path like "*/.cursor" ||
            resource.path like "*/.cursor/hooks*" || resource.path like "*/.cursor/mcp.json" ||
            resource.path like "*/.cursor/permissions.json" || resource.path like "*/.cursor/sandbox.json" ||
            resource.path like "*/.cursor/cli*.json" || resource.path like "*/.mcp.json" ||
            resource.path like "*/.gemini" || resource.path like "*/.gemini/settings*" ||
            resource.path like "*/.gemini/extensions*" || resource.path like "*/.gemini/policies*" ||
            resource.path like "*/.copilot" || resource.path like "*/.copilot/*" || resource.path like "*/.github" ||
            resource.path like "*/.github/mcp.json" || resource.path like "*/.github/hooks*" ||
            resource.path like "*/.github/copilot/*" || resource.path like "*/.openclaw*" ||
            resource.path like "/etc/github-copilot*" || resource.path like "/etc/claude-code*" ||
            resource.path like "*/.windsurf/hooks.json" || resource.path like "*/.vscode/mcp.json"
        };
        @id("writ-program")
        @reason("an agent does not change its own lock")
        forbid (principal, action == Action::"execute", resource)
        when { resource in [Program::"writ", Program::"writd"] };

        // ---- Persistence -----------------------------------------------------------------------------------------------------

        // What runs later without anybody asking for it, in the project too: hooks and settings of version control, and the
        // repository as such, which has them; start-up files of shells, tasks of editors. What the project's own build runs
        // (Makefile, package.json) is another question: `opaque project-code`. It leaves open programs that are not named
        // here, and names that no command line has, as above.
        @id("persistence")
        @reason("nothing that starts by itself is written")
        forbid (principal, action in [Action::"write", Action::"delete"], resource is File)
        when {
            resource.path like "*/.git" || resource.path like "*/.git/hooks*" || resource.path like "*/.git/config*" ||
            resource.path like "*/.git/commondir" || resource.path like "*/.git/modules/*" ||
            resource.path like "*/.git/worktrees/*" || resource.path like "*/.git/rebase-*" ||
            resource.path like "*/.gitconfig" || resource.path like "*/.config/git/*" ||
            resource.path like "*/.bashrc*" || resource.path like "*/.bash_*" || resource.path like "*/.profile*" ||
            resource.path like "*/.zsh*" || resource.path like "*/.zprofile" || resource.path like "*/.zlog*" ||
            resource.path like "*/.kshrc" || resource.path like "*/.cshrc" || resource.path like "*/.tcshrc" ||
            resource.path like "*/.inputrc" || resource.path like "*/.vimrc" || resource.path like "*/.vim/*" ||
            resource.path like "*/.emacs*" || resource.path like "*/.config/fish*" ||
            resource.path like "*/.config/autostart*" || resource.path like "*/.config/systemd*" ||
            resource.path like "*/.config/nvim/*" || resource.path like "*/Library/LaunchAgents*" ||
            resource.path like "*/Library/LaunchDaemons*" || resource.path like "*/Library/StartupItems*" ||
            resource.path like "*/.hg/hgrc" || resource.path like "*/.vscode" ||
            resource.path like "*/.vscode/tasks.json" || resource.path like "*/.vscode/settings.json" ||
            resource.path like "*/.direnv*" || resource.path like "*/.xinitrc" || resource.path like "*/.xprofile" ||
            resource.path like "*/.xsession*" || resource.path like "*/.pam_environment" ||
            resource.path like "*.code-workspace" || resource.path like "*/.zed/settings.json" ||
            resource.path like "*/.zed/tasks.json" || resource.path like "*/.idea/watcherTasks.xml" ||
            resource.path like "*/.nvim.lua" || resource.path like "*/.nvimrc" || resource.path like "*/.exrc" ||
            resource.path like "*/.dir-locals.el"
        };

        // ---- Privilege, the machine, and other people's accounts ---------------------------------------------------------------

        // Programs that change who one is, the machine's accounts, services, kernel, network filters, disks and clocks, or that
        // listen to its traffic. It names them: a program that Writ does not know at all is `opaque program`.
        @id("privilege")
        @reason("administration is not an agent's")
        forbid (principal, action == Action::"execute", resource)
        when {
            resource in [
                Program::"sudo", Program::"su", Program::"doas", Program::"pkexec", Program::"runuser", Program::"sudoedit",
                Program::"visudo", Program::"newgrp", Program::"sg", Program::"setpriv", Program::"capsh", Program::"chroot",
                Program::"nsenter", Program::"unshare", Program::"setcap", Program::"chfn", Program::"chsh",
                Program::"passwd", Program::"chpasswd", Program::"gpasswd", Program::"useradd", Program::"userdel",
                Program::"usermod", Program::"adduser", Program::"deluser", Program::"addgroup", Program::"groupadd",
                Program::"groupdel", Program::"groupmod", Program::"vipw", Program::"vigr", Program::"pw",
                Program::"sysadminctl", Program::"dscl", Program::"dseditgroup", Program::"kinit", Program::"realm"
            ]
        };
        @id("services")
        @reason("administration is not an agent's")
        forbid (principal, action == Action::"execute", resource)
        when {
            resource in [
                Program::"systemctl", Program::"service", Program::"initctl", Program::"chkconfig", Program::"update-rc.d",
                Program::"rc-service", Program::"rc-update", Program::"launchctl", Program::"crontab", Program::"at",
                Program::"batch", Program::"atd", Program::"anacron", Program::"systemd-run", Program::"loginctl",
                Program::"shutdown", Program::"reboot", Program::"halt", Program::"poweroff", Program::"init",
                Program::"telinit", Program::"osascript", Program::"defaults", Program::"spctl", Program::"csrutil",
                Program::"security", Program::"tccutil", Program::"xattr", Program::"kextload", Program::"kextunload",
                Program::"hostnamectl", Program::"timedatectl", Program::"hwclock", Program::"auditctl", Program::"setenforce",
                Program::"journalctl", Program::"logrotate", Program::"wall"
            ]
        };
        @id("kernel-and-disks")
        @reason("administration is not an agent's")
        forbid (principal, action == Action::"execute", resource)
        when {
            resource in [
                Program::"insmod", Program::"modprobe", Program::"rmmod", Program::"depmod", Program::"kmod",
                Program::"sysctl", Program::"ldconfig", Program::"mount", Program::"umount", Program::"losetup",
                Program::"mkfs", Program::"mke2fs", Program::"mkswap", Program::"swapon", Program::"swapoff",
                Program::"fdisk", Program::"sfdisk", Program::"parted", Program::"wipefs", Program::"cryptsetup",
                Program::"debugfs", Program::"dmsetup", Program::"blkdiscard", Program::"hdparm", Program::"fsck",
                Program::"grub-install", Program::"efibootmgr", Program::"kexec", Program::"bpftool", Program::"setserial"
            ]
        };
        @id("network-administration")
        @reason("administration is not an agent's")
        forbid (principal, action == Action::"execute", resource)
        when {
            resource in [
                Program::"iptables", Program::"ip6tables", Program::"nft", Program::"ufw", Program::"firewall-cmd",
                Program::"pfctl", Program::"ipfw", Program::"tc",
                Program::"tcpdump", Program::"tshark", Program::"dumpcap", Program::"wireshark", Program::"ettercap",
                Program::"nmap", Program::"masscan", Program::"arpspoof", Program::"hping3", Program::"nc", Program::"ncat",
                Program::"netcat", Program::"socat", Program::"telnet", Program::"tor", Program::"torsocks",
                Program::"proxychains", Program::"chisel", Program::"ngrok", Program::"ssh-keygen", Program::"ssh-copy-id"
            ]
        };

        // ---- After a secret was read ---------------------------------------------------------------------------------------

        // An agent that has read a secret, since a policy of yours permits one, connects to nothing but this machine for
        // hours, unless an operator runs `writ session clear`. It leaves open what `project-code` sends by itself.
        @id("no-egress-after-secret")
        @reason("this agent has read a secret: nothing goes out")
        forbid (principal, action in [Action::"connect", Action::"send"], resource)
        when { context.session.labels.contains("read-secret") }
        unless { resource in Host::"localhost" || resource in Host::"127.0.0.1" || resource in Host::"::1" };
        @id("no-unknown-host-after-secret")
        @reason("this agent has read a secret: nothing goes out")
        forbid (principal, action == Action::"opaque", resource == Opaque::"host")
        when { context.session.labels.contains("read-secret") };

        """#

    /// A policy's text with the places where this Writ is, beside those where others are.
    static func naming(home: String?, programs: [String], in text: String) -> String {
        var text = text
        if let home, !home.hasSuffix("/.writ") {
            let file = EntityUID(type: "File", id: UTF8String(home))
            let folder = EntityUID(type: "Directory", id: UTF8String(home))
            text = text.replacing(ownFolder, with: "\(ownFolder) || resource == \(file) || resource in \(folder)")
        }
        let others = programs.filter { !$0.hasSuffix("/bin/writ") && !$0.hasSuffix("/bin/writd") }
        let names = others.map { " || resource == \(EntityUID(type: "File", id: UTF8String($0)))" }
        return text.replacing(ownPrograms, with: ownPrograms + names.joined())
    }

    private static let ownFolder = #"resource.path like "*/.writ/*""#
    private static let ownPrograms = #"resource.path like "*/bin/writd""#

    /// The same, only watched.
    static let watchedForbids = forbids.replacing("\n@reason(", with: "\n@mode(\"shadow\")\n@reason(")

    /// Programs that only look, as elements of a set.
    static let lookingPrograms = #"""
                "[", "ack", "ag", "awk", "basename", "bat", "cat", "cd", "cksum", "cmp", "column", "comm", "cut", "date", "declare",
                "df", "diff", "dirname", "du", "echo", "egrep", "exa", "expand", "export", "expr", "eza", "false", "fd", "fgrep",
                "file", "find", "fmt", "fold", "gawk", "git", "grep", "head", "hexdump", "jq", "join", "less", "local", "ls", "lsof",
                "mapfile", "mawk", "md5sum", "patch", "more", "nl", "od", "paste", "pr", "printf", "ps", "pstree", "pwd", "read",
                "readarray", "readlink", "realpath", "rev", "rg", "sed", "seq", "set", "sha1sum", "sha256sum", "shift", "sort",
                "stat", "strings", "sum", "tac", "tail", "test", "tr", "tree", "true", "tsort", "type", "uname", "unexpand", "uniq",
                "wait", "wc", "which", "xargs", "xxd", "zcat", "zgrep"
        """#

    /// Folders for scratch files, as a condition on a file that is written or deleted.
    static let scratch = #"""
            (resource in Directory::"/tmp" || resource in Directory::"/var/tmp") &&
            !(action == Action::"delete" && (resource == File::"/tmp" || resource == File::"/var/tmp"))
        """#

    /// Where harnesses keep an agent's plans and notes, as a condition on a file below the home folder.
    static let notes = #"""
            (resource.path like "*/.claude/plans/*.md" || resource.path like "*/.claude/projects/*/memory/*.md" ||
             resource.path like "*/.gemini/tmp/*/plans/*.md")
        """#

    /// This machine, as a condition on what is connected to.
    static let loopback = #"""
            resource in Host::"localhost" || resource in Host::"127.0.0.1" || resource in Host::"::1" ||
            resource == Host::"localhost" || resource == Host::"127.0.0.1" || resource == Host::"::1"
        """#

    /// Registries and code hosts, as elements of a set.
    static let registries = #"""
                Domain::"github.com", Domain::"githubusercontent.com", Domain::"gitlab.com", Domain::"bitbucket.org",
                Domain::"codeberg.org", Domain::"npmjs.org", Domain::"npmjs.com", Domain::"yarnpkg.com", Domain::"jsr.io",
                Domain::"nodejs.org", Domain::"deno.land", Domain::"pypi.org", Domain::"pythonhosted.org",
                Domain::"python.org", Domain::"anaconda.org", Domain::"crates.io", Domain::"rust-lang.org",
                Domain::"docs.rs", Domain::"golang.org", Domain::"go.dev", Domain::"rubygems.org", Domain::"packagist.org",
                Domain::"getcomposer.org", Domain::"maven.org", Domain::"apache.org", Domain::"gradle.org",
                Domain::"nuget.org", Domain::"microsoft.com", Domain::"hex.pm", Domain::"pub.dev", Domain::"dart.dev",
                Domain::"swift.org", Domain::"cocoapods.org", Domain::"docker.io", Domain::"docker.com", Domain::"ghcr.io",
                Domain::"quay.io", Domain::"gcr.io", Domain::"debian.org", Domain::"ubuntu.com", Domain::"alpinelinux.org",
                Domain::"hashicorp.com", Domain::"terraform.io", Domain::"kubernetes.io", Domain::"helm.sh",
                Domain::"anaconda.com", Domain::"nixos.org", Domain::"ruby-lang.org", Domain::"ansible.com",
                Domain::"haskell.org", Domain::"ocaml.org", Domain::"julialang.org", Domain::"r-project.org",
                Domain::"cpan.org", Domain::"luarocks.org", Domain::"clojars.org"
        """#

    /// Where languages, systems and agents are documented, as elements of a set.
    static let documentation = #"""
                Domain::"mozilla.org", Domain::"w3.org", Domain::"whatwg.org", Domain::"rfc-editor.org", Domain::"ietf.org",
                Domain::"wikipedia.org", Domain::"stackoverflow.com", Domain::"readthedocs.io", Domain::"gnu.org",
                Domain::"kernel.org", Domain::"man7.org", Domain::"git-scm.com", Domain::"cppreference.com",
                Domain::"typescriptlang.org", Domain::"react.dev", Domain::"nextjs.org", Domain::"vuejs.org",
                Domain::"svelte.dev", Domain::"angular.dev", Domain::"vite.dev", Domain::"tailwindcss.com",
                Domain::"djangoproject.com", Domain::"palletsprojects.com", Domain::"rubyonrails.org", Domain::"laravel.com",
                Domain::"php.net", Domain::"kotlinlang.org", Domain::"spring.io", Domain::"postgresql.org",
                Domain::"sqlite.org", Domain::"redis.io", Domain::"anthropic.com", Domain::"claude.com",
                Domain::"openai.com", Domain::"modelcontextprotocol.io"
        """#
}
