// SPDX-License-Identifier: Apache-2.0

/// Which texts of a client's file are taken for secrets, and so put where nobody but their owner reads them. To take too
/// many costs a file each; so all that is not plainly none is one.
enum SecretGuess {
    private static let words = [
        "token", "key", "secret", "pass", "pwd", "auth", "bearer", "credential", "cookie", "session", "dsn", "cert",
        "private", "signature", "pat", "jwt", "connection", "database_url", "conn",
    ]

    /// Whether a variable's value stands in the configuration as it is: a word, a number, a path, under a name that says
    /// nothing of secrets.
    static func isPlain(_ value: String, named name: String) -> Bool {
        guard !hasSecretName(name), value.utf8.count <= 200 else { return false }
        if value.isEmpty || ["true", "false"].contains(value.lowercased()) { return true }
        if value.utf8.count <= 6, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
        if value.utf8.count <= 12, value.utf8.allSatisfy({ (0x61...0x7a).contains($0 | 0x20) }) { return true }
        return value.hasPrefix("/") && !value.contains("?") && !value.contains("@")
            && value.split(separator: "/").allSatisfy { $0.utf8.count <= 24 }
    }

    private static func hasSecretName(_ name: String) -> Bool {
        let name = name.lowercased()
        return words.contains { name.contains($0) }
    }

    /// Where in an argument a secret begins, in bytes; `nil` where there seems to be none.
    ///
    /// - Parameter previous: the argument before it, which may be the option that it is the value of.
    static func secretStart(_ argument: String, after previous: String?) -> Int? {
        if let equals = argument.firstIndex(of: "="), argument.hasPrefix("-"),
            hasSecretName(String(argument[..<equals]))
        {
            return argument[...equals].utf8.count
        }
        if let previous, previous.hasPrefix("-"), !previous.contains("="), hasSecretName(previous),
            !argument.hasPrefix("-")
        {
            return 0
        }
        // As in `--header "Authorization: Bearer …"`.
        if let colon = argument.firstIndex(of: ":"), argument[..<colon].utf8.count <= 40,
            !argument[colon...].hasPrefix("://"), !argument.hasPrefix("/"), hasSecretName(String(argument[..<colon]))
        {
            let tail = argument[argument.index(after: colon)...]
            return argument.utf8.count - tail.drop { $0 == " " }.utf8.count
        }
        if let mark = argument.firstRange(of: "://") {
            let authority = argument[mark.upperBound...].prefix { $0 != "/" && $0 != "?" }
            return authority.contains("@") || argument.contains("?") ? 0 : nil
        }
        let beginnings = [
            "sk-", "sk_", "pk_", "rk_", "ghp_", "gho_", "ghs_", "ghu_", "github_pat_", "glpat-", "xox", "AKIA", "ASIA",
            "AIza",
            "eyJ", "hf_", "npm_", "pypi-", "ntn_", "secret_", "lin_api_", "figd_", "dop_v1_", "shpat_", "Bearer ",
            "-----BEGIN",
        ]
        return beginnings.contains { argument.hasPrefix($0) } ? 0 : nil
    }
}
