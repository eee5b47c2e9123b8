// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// Words in the names of settings that hold credentials.
    private static let credentialWords = ["token", "auth", "passw", "secret", "extraheader", "credential", "apikey"]

    /// Where a program keeps what it would print.
    private static let credentialFiles: [(name: String, file: UTF8String)] = [
        ("gh ", "~/.config/gh/hosts.yml"), ("glab ", "~/.config/glab-cli/config.yml"),
        ("composer ", "~/.config/composer/auth.json"), ("git ", "~/.git-credentials"), ("", "~/.npmrc"),
    ]

    /// A setting that is asked for by a name like a credential's, or by one that nobody knows.
    static func credentials(_ names: [ShellValue], _ run: inout ProgramRun) {
        let isAsked = names.contains { value in
            guard let name = value.known?.asciiLowercased.string else { return true }
            if ["credential.helper", "auth-type", "author.name", "author.email"].contains(name) { return false }
            let text = name.replacing("author", with: "")
            return credentialWords.contains(where: text.contains)
        }
        guard isAsked else { return }
        let name = run.name.string
        for entry in credentialFiles where name.hasPrefix(entry.name) {
            return run.path([.read], ShellValue(entry.file))
        }
    }

    /// `composer config KEY`, `glab config get KEY`.
    static func credentialSetting(_ run: inout ProgramRun) { credentials(run.operands, &run) }
}
