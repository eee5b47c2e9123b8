// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Paths that no passport's limits open: where secrets are, and where what is written runs later by itself or changes
/// who may do what. Letter case does not matter. A policy can forbid more; none can permit these under a file pack.
enum SensitivePaths {
    /// Secrets and keys.
    static let secrets: [UTF8String] = [
        "*/.env", "*/.env.*", "*/.envrc", "*/.ssh", "*/.ssh/*", "*/.aws", "*/.aws/*", "*/.gnupg", "*/.gnupg/*",
        "*/.kube", "*/.kube/*", "*/.docker/config.json", "*/.netrc", "*/.pgpass", "*/.npmrc", "*/.pypirc",
        "*/.git-credentials", "*/.config/gh/*", "*/.config/gcloud/*", "*/.azure/*", "*id_rsa*", "*id_dsa*",
        "*id_ecdsa*", "*id_ed25519*", "*.pem", "*.key", "*.p12", "*.pfx", "*.keystore", "*credentials*", "/etc/shadow",
        "/etc/gshadow", "/etc/sudoers", "/etc/sudoers.d/*",
    ]

    static let read: [UTF8String] = secrets + ["*password*", "*/.bash_history", "*/.zsh_history"]

    static let written: [UTF8String] =
        secrets + [
            // Run by shells, by logging in, by time, by the system.
            "*/.bashrc", "*/.bash_profile", "*/.bash_login", "*/.bash_logout", "*/.profile", "*/.zshrc", "*/.zshenv",
            "*/.zprofile", "*/.zlogin", "*/.kshrc", "*/.cshrc", "*/.tcshrc", "*/.config/fish/*", "*/.xprofile",
            "*/.xsession", "*/.xinitrc", "*/.config/autostart/*", "*/.config/systemd/*", "/etc/profile",
            "/etc/profile.d/*", "/etc/bash.bashrc", "/etc/cron*", "/var/spool/cron*", "/etc/systemd/*", "/etc/init.d/*",
            "/etc/rc.local", "/etc/ld.so.preload", "/etc/ld.so.conf*", "*/library/launchagents/*",
            "*/library/launchdaemons/*",
            // Who may log in, and as whom.
            "/etc/passwd", "/etc/group", "/etc/pam.d/*", "/etc/security/*", "/etc/ssh/*",
            // The lock itself: Writ's folder, APort's passports and logs, agents' settings.
            "*/.writ", "*/.writ/*", "*/.aport", "*/.aport/*", "*/aport/passport.json", "*/.openclaw/*",
            "*/.claude/settings*.json", "*/.cursor/hooks*", "*/.codex/config.toml", "*/.git/hooks/*", "*/.git/config",
        ]

    /// What is not released.
    static let released: [UTF8String] = [
        ".env", ".env.*", "*/.env", "*/.env.*", ".aws/*", "*/.aws/*", ".ssh/*", "*/.ssh/*", "*credentials*", "*id_rsa*",
        "*id_dsa*", "*id_ecdsa*", "*id_ed25519*", "*.pem", "*.key", "*.p12", "*.pfx", "*.keystore", ".netrc",
        "*/.netrc", ".npmrc", "*/.npmrc", ".pypirc", "*/.pypirc",
    ]
}
