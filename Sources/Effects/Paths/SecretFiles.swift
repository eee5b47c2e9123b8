// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

extension SensitiveNames {
    /// Whether a file is one that programs keep secrets in, by its name and the folders it is in: private keys,
    /// credentials, tokens, cookies, `.env` files, and what a shell has been told. A folder that is kept for secrets is
    /// one itself.
    ///
    /// Names are compared as bytes, wherever the file lies; what is in it is not looked at.
    ///
    /// - Parameter path: a canonical absolute path, as `File` and `Directory` entities are called.
    public static func isSecret(path: UTF8String) -> Bool {
        let names = path.bytes.split(separator: UInt8(ascii: "/")).compactMap { UTF8String(validating: $0) }
        guard let name = names.last else { return false }
        if isSecret(name: name, path) { return true }
        let places = SecretNames.filesByName[name] ?? []
        if places.contains(where: { names.count >= $0.count && names.suffix($0.count).elementsEqual($0) }) {
            return true
        }
        if liesInFolder(names) { return !SecretNames.isPublic(name) }
        return SecretNames.systemFolders.contains(path) || SecretNames.systemTrees.contains(where: path.hasPrefix)
            || SecretNames.system.contains(path) || isEnvironment(names)
    }

    private static func isSecret(name: UTF8String, _ path: UTF8String) -> Bool {
        if SecretNames.names.contains(name) { return true }
        if name.hasPrefix(".env.") { return !SecretNames.templateEndings.contains { name.hasSuffix($0) } }
        if SecretNames.endings.contains(where: { name.hasSuffix($0) && name != $0 }) { return true }
        guard name.hasSuffix(".pem") else { return false }
        // Certificates are public, and are called so.
        return !path.hasPrefix("/etc/ssl/certs/") && !path.hasPrefix("/usr/")
            && !SecretNames.certificateWords.contains { has(name, $0) }
    }

    private static func has(_ name: UTF8String, _ word: UTF8String) -> Bool {
        let bytes = name.bytes
        let word = word.bytes
        guard bytes.count >= word.count else { return false }
        return (0...(bytes.count - word.count)).contains { bytes[$0..<($0 + word.count)].elementsEqual(word) }
    }

    private static func liesInFolder(_ names: [UTF8String]) -> Bool {
        names.indices.contains { place in
            SecretNames.foldersByName[names[place]]?.contains { names[place...].starts(with: $0) } ?? false
        }
    }

    /// `/proc/1/environ`, `/proc/1/mem`: what a process was started with, and what it has in memory.
    private static func isEnvironment(_ names: [UTF8String]) -> Bool {
        names.count >= 3 && names[0] == "proc" && ["environ", "mem"].contains(names[names.count - 1])
    }
}

/// The names behind `SensitiveNames.isSecret`.
enum SecretNames {
    /// Files by their own names.
    static let names: Set<UTF8String> = [
        "id_rsa", "id_dsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk", ".netrc", "_netrc", ".pgpass",
        ".my.cnf", ".mylogin.cnf", ".git-credentials", ".npmrc", ".pypirc", ".env", ".envrc",
        ".vault-token", ".vault_pass", ".terraformrc", ".htpasswd", ".dockercfg", ".s3cfg", ".boto", ".smbcredentials",
        ".passwd-s3fs", ".bash_history", ".zsh_history", ".sh_history", ".ash_history", ".history", ".python_history",
        ".mysql_history", ".psql_history", ".sqlite_history", ".node_repl_history", ".rediscli_history", ".irb_history",
        ".lesshst", "fish_history", "credentials.json", "application_default_credentials.json", "client_secret.json",
        "service-account.json", "service_account.json", "secrets.json", "secrets.yml", "secrets.yaml", "secrets.toml",
        "terraform.tfstate", "terraform.tfstate.backup", "credentials.tfrc.json", "kubeconfig", "wallet.dat",
        "logins.json", "key4.db", "cookies.sqlite", "Login Data", ".Xauthority", ".ICEauthority", "krb5.keytab",
    ]
    /// Ends of names.
    static let endings: [UTF8String] = [
        ".key", ".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".kdb", ".ppk", ".keytab", ".env", "_rsa", "_ed25519",
        "_ecdsa", ".tfstate", ".agekey", ".ovpn",
    ]
    /// What `.env` files that are examples end in.
    static let templateEndings: [UTF8String] = [".example", ".sample", ".template", ".dist", ".defaults", ".schema"]
    /// What the names of public `.pem` files have in them.
    static let certificateWords: [UTF8String] = [
        "cert", "chain", "pub", "ca.pem", "ca-", "cacert", "dhparam", "bundle",
    ]
    /// Files in folders, from the end of the path.
    static let files: [[UTF8String]] = [
        [".aws", "credentials"], [".kube", "config"], [".docker", "config.json"],
        [".config", "gh", "hosts.yml"], [".config", "hub"], [".cargo", "credentials"], [".cargo", "credentials.toml"],
        [".gem", "credentials"], [".m2", "settings.xml"], [".m2", "settings-security.xml"],
        [".gradle", "gradle.properties"], [".composer", "auth.json"], [".config", "composer", "auth.json"],
        [".config", "pip", "pip.conf"], [".config", "rclone", "rclone.conf"],
        [".config", "filezilla", "sitemanager.xml"],
        [".claude", ".credentials.json"], [".codex", "auth.json"], [".gemini", "oauth_creds.json"],
        [".config", "github-copilot", "hosts.json"], [".config", "github-copilot", "apps.json"],
        [".config", "doctl", "config.yaml"], [".config", "op", "config"], [".fly", "config.yml"],
        [".local", "share", "fish", "fish_history"], ["etc", "kubernetes", "admin.conf"],
    ]
    static let filesByName = Dictionary(grouping: files) { $0.last }
    /// Folders whose files are secrets, wherever they lie.
    static let folders: [[UTF8String]] = [
        [".ssh"], [".gnupg"], [".password-store"], [".aws", "sso"], [".aws", "cli"], [".azure"], [".config", "gcloud"],
        [".local", "share", "keyrings"], [".local", "share", "kwalletd"], [".mozilla", "firefox"],
        [".config", "google-chrome"], [".config", "chromium"], [".config", "BraveSoftware"],
        [".config", "microsoft-edge"], ["Library", "Keychains"], ["Library", "Cookies"],
        ["Application Support", "Google", "Chrome"], ["Application Support", "Firefox"],
    ]
    static let foldersByName = Dictionary(grouping: folders) { $0.first }
    /// What lies in such folders and is no secret.
    static func isPublic(_ name: UTF8String) -> Bool {
        ["known_hosts", "known_hosts.old", "authorized_keys", "config", "pubring.kbx", "pubring.gpg", "trustdb.gpg"]
            .contains(name) || name.hasSuffix(".pub") || name.hasSuffix(".conf")
    }
    /// The system's own.
    static let systemFolders: [UTF8String] = [
        "/run/secrets", "/var/run/secrets", "/etc/ssl/private", "/etc/letsencrypt/live",
        "/etc/letsencrypt/archive", "/etc/NetworkManager/system-connections", "/var/lib/kubelet/pki",
    ]
    static let systemTrees = systemFolders.map { UTF8String("\($0)/") }
    static let system: Set<UTF8String> = [
        "/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/gshadow-", "/etc/environment",
        "/etc/krb5.keytab", "/etc/ssh/ssh_host_rsa_key", "/etc/ssh/ssh_host_dsa_key", "/etc/ssh/ssh_host_ecdsa_key",
        "/etc/ssh/ssh_host_ed25519_key", "/etc/security/opasswd",
    ]
}
