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
        ".codex", ".gemini", ".vscode", ".cargo/credentials.toml", ".gem/credentials", ".htpasswd", ".pgpass",
    ]
}
