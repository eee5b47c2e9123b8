// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

/// Which files are secrets by their names.
struct SecretFileTests {
    @Test(
        arguments: [
            "/home/u/.ssh/id_ed25519", "/home/u/.ssh/work_key", "/home/u/.ssh", "/root/.ssh/id_rsa", "/tmp/copy/id_rsa",
            "/home/u/.aws/credentials", "/home/u/.aws/sso/cache/x.json", "/home/u/.config/gcloud/credentials.db",
            "/home/u/.azure/msal_token_cache.json", "/home/u/.kube/config", "/home/u/.docker/config.json",
            "/home/u/.config/gh/hosts.yml", "/home/u/.gnupg/private-keys-v1.d/a.key", "/home/u/.netrc",
            "/home/u/.git-credentials", "/home/u/.npmrc", "/srv/app/.env", "/srv/app/.env.production",
            "/srv/app/prod.env", "/srv/app/.envrc", "/home/u/.bash_history", "/home/u/.local/share/fish/fish_history",
            "/home/u/.mozilla/firefox/x.default/logins.json", "/home/u/.config/google-chrome/Default/Login Data",
            "/Users/u/Library/Keychains/login.keychain-db", "/etc/shadow", "/etc/ssl/private/a.pem",
            "/etc/ssh/ssh_host_rsa_key", "/proc/self/environ", "/proc/1/environ", "/proc/1/task/1/environ",
            "/proc/7/mem",
            "/run/secrets/db", "/var/run/secrets/kubernetes.io/serviceaccount/token", "/srv/tls/server.key",
            "/srv/tls/privkey.pem", "/srv/x/client.p12", "/srv/infra/terraform.tfstate", "/srv/x/service-account.json",
            "/home/u/.password-store/mail.gpg", "/home/u/.cargo/credentials.toml",
        ] as [UTF8String])
    func `secrets are known by name and folder`(_ path: UTF8String) {
        #expect(SensitiveNames.isSecret(path: path))
    }

    @Test(
        arguments: [
            "/", "/home/u", "/home/u/.ssh/known_hosts", "/home/u/.ssh/config", "/home/u/.ssh/id_ed25519.pub",
            "/home/u/.gnupg/gpg.conf", "/srv/app/.env.example", "/srv/app/.env.sample", "/srv/app/environ",
            "/srv/app/src/main.swift", "/srv/app/keys.swift", "/srv/app/monkey", "/srv/app/.gitignore",
            "/srv/app/config.json", "/srv/app/.config/app.json", "/etc/passwd", "/etc/hosts", "/etc/ssl/certs/a.pem",
            "/srv/tls/fullchain.pem", "/srv/tls/cert.pem", "/usr/lib/python3/site-packages/certifi/x.pem",
            "/home/u/.gitconfig", "/home/u/.bashrc", "/srv/app/secrets.swift", "/srv/app/.key", "/home/u/.aws/config",
            "/home/u/.sshx/a", "/run/secretsx/a", "/srv/xid_rsax",
        ] as [UTF8String])
    func `what only looks a little like one is none`(_ path: UTF8String) {
        #expect(!SensitiveNames.isSecret(path: path))
    }

    /// Named by policies for what is done to them, not for what is in them.
    private static let known: Set<UTF8String> = [
        "/etc/passwd", "/etc/group", "/etc/sudoers", "/etc/hosts", "/etc/crontab", "/etc/ssh/sshd_config",
        "/etc/ld.so.preload", "/etc/profile", "/etc/rc.local", "/var/run/docker.sock", "/run/docker.sock",
        ".ssh/authorized_keys", ".ssh/config", ".ssh/known_hosts", ".aws", ".aws/config", ".kube", ".docker", ".config",
        ".git", ".git/config", ".git/hooks", ".bashrc", ".bash_profile", ".bash_login", ".bash_logout", ".profile",
        ".zshrc", ".zshenv", ".zprofile", ".vimrc", ".gitconfig", ".mozilla", ".claude", ".claude/settings.json",
        ".cursor", ".codex", ".gemini", ".vscode", ".writ", "/proc/self/maps", "/proc/1/maps",
    ]

    @Test func `of each name that policies name it is known whether it is a secret`() {
        for path in SensitiveNames.absolute + SensitiveNames.relative.map({ UTF8String("/home/u/\($0)") }) {
            let name = path.hasPrefix("/home/u/") ? UTF8String(String(path.string.dropFirst(8))) : path
            #expect(SensitiveNames.isSecret(path: path) == !Self.known.contains(name), "\(path)")
        }
    }

    @Test func `names are bytes, and a long path costs its length`() {
        #expect(!SensitiveNames.isSecret(path: "/home/u/.ENV"))
        #expect(!SensitiveNames.isSecret(path: UTF8String(String(repeating: "/a", count: 2_000))))
    }
}
