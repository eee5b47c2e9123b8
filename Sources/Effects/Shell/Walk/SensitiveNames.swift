// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Files that policies name one by one. Where a wildcard could match one of them it is an effect of its own beside the
/// directory as a whole, so that a policy that forbids the file sees it.
public enum SensitiveNames {
    /// Absolute paths.
    static let absolute: [UTF8String] = [
        "/etc/passwd", "/etc/shadow", "/etc/gshadow", "/etc/group", "/etc/sudoers", "/etc/hosts", "/etc/crontab",
        "/etc/ssh/sshd_config", "/etc/ssh/ssh_host_rsa_key", "/etc/ssh/ssh_host_ed25519_key", "/etc/ld.so.preload",
        "/etc/krb5.keytab", "/etc/environment", "/etc/profile", "/etc/rc.local", "/proc/self/environ",
        "/proc/1/environ", "/proc/self/mem", "/proc/1/mem", "/proc/self/maps", "/proc/1/maps", "/var/run/docker.sock",
        "/run/docker.sock",
    ]
    /// Below a home folder, or below whatever folder a pattern names.
    static let relative: [UTF8String] = [
        ".ssh", ".ssh/id_rsa", ".ssh/id_dsa", ".ssh/id_ecdsa", ".ssh/id_ed25519", ".ssh/authorized_keys", ".ssh/config",
        ".ssh/known_hosts", ".aws", ".aws/credentials", ".aws/config", ".gnupg", ".gnupg/secring.gpg", ".kube",
        ".kube/config", ".docker", ".docker/config.json", ".config", ".config/gcloud/credentials.db",
        ".config/gh/hosts.yml", ".azure", ".netrc", ".pgpass", ".my.cnf", ".git-credentials", ".npmrc", ".pypirc",
        ".env", ".env.local", ".env.production", ".env.development", ".envrc", ".git", ".git/config", ".git/hooks",
        ".bash_history", ".zsh_history", ".python_history", ".mysql_history", ".psql_history", ".bashrc",
        ".bash_profile", ".bash_login", ".bash_logout", ".profile", ".zshrc", ".zshenv", ".zprofile", ".vimrc",
        ".gitconfig", ".mozilla", ".vault-token", ".terraformrc", ".claude", ".claude/settings.json", ".cursor",
        ".codex", ".gemini", ".vscode", ".cargo/credentials.toml", ".gem/credentials", ".htpasswd", ".writ",
    ]

    /// What lies at well-known places below a directory: the system's files and those of home folders. The project's own
    /// are in the project, whoever goes through it.
    static func below(_ directory: UTF8String, in environment: EffectEnvironment) -> [UTF8String] {
        let tree = directory == "/" ? "/" : UTF8String("\(directory)/")
        let ownTree = (environment.root ?? environment.workingDirectory).map { UTF8String("\($0)/") }
        // Nothing of one's own tree is among them, and most trees are in it.
        if let ownTree, tree.hasPrefix(ownTree) { return [] }
        let homes = Set([environment.home, "/root"].compactMap { $0 })
            .filter { home in
                let below = UTF8String("\(home)/")
                return below.hasPrefix(tree) || tree.hasPrefix(below)
            }
        let places = absolute + homes.flatMap { home in relative.map { UTF8String("\(home)/\($0)") } }
        return places.filter { $0.hasPrefix(tree) && !(ownTree.map($0.hasPrefix) ?? false) }
    }
}
