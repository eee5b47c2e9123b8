// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON

/// Rules about repositories, branches and releases.
struct RepositoryRules {
    private let judging: RuleJudging
    private let rule: PackRule

    init(_ judging: RuleJudging, _ rule: PackRule) {
        self.judging = judging
        self.rule = rule
    }

    private enum Action: UTF8String {
        case create = "repo.pr.create"
        case merge = "repo.merge"
        case push = "repo.push"
    }

    private var action: (kind: Action, isNew: Bool)? {
        switch judging.values.text("action") {
        case "pr.create", "pull_request.create": (.create, true)
        case "pr.update", "pull_request.update": (.create, false)
        case "pr.merge", "pr.merged", "repo.merge": (.merge, false)
        case "repo.push", "push", "branch.create", "branch.delete": (.push, false)
        default: nil
        }
    }

    func capability() -> String? {
        guard let needed = action?.kind.rawValue else { return "the action is not known" }
        return judging.call.identity.capabilities.contains { $0.id == needed }
            ? nil : "the passport has no capability \(needed)"
    }

    /// `acme/*` is all of acme's; a name without an owner is that repository of whatever owner.
    func repositories() throws(PackRefusal) -> String? {
        guard let list = try judging.list(["allowed_repos", "allowed_repositories"], rule) else { return nil }
        let repository = judging.values.text("repository") ?? ""
        if try judging.fits(repository, list, ignoringCase: true, rule, "allowed_repos") { return nil }
        let name = repository.string.split(separator: "/").last.map { UTF8String(String($0)).lowered } ?? ""
        let isNamed = list.contains { !$0.string.contains("/") && !Glob.isPattern($0) && $0.lowered == name }
        return isNamed ? nil : "the repository is not in the passport's allowed_repos"
    }

    /// The branch that changes: of a push its own, else the one that is merged into.
    func branches() throws(PackRefusal) -> String? {
        guard let list = try judging.list(["allowed_base_branches", "allowed_branches"], rule) else { return nil }
        let own = judging.values.text("branch") ?? ""
        let branch = action?.kind == .push ? own : judging.values.text("base_branch") ?? own
        return try judging.fits(branch, list, rule, "allowed_base_branches")
            ? nil : "the branch is not in the passport's allowed_base_branches"
    }

    func changedPaths() throws(PackRefusal) -> String? {
        guard let list = try judging.list(["allowed_paths", "path_allowlist"], rule), !list.contains("*"),
            !list.contains("**")
        else { return nil }
        guard let paths = judging.values.value("files_changed")?.array?.compactMap(\.string), !paths.isEmpty else {
            return "the call does not say files_changed"
        }
        for path in paths {
            let isPlain = path.string.split(separator: "/", omittingEmptySubsequences: false)
                .allSatisfy { !["", ".", ".."].contains($0) }
            guard isPlain, try judging.fits(path, list, rule, "allowed_paths") else {
                return "a changed file is not in the passport's allowed_paths"
            }
        }
        return nil
    }

    /// Ten lines count as a kilobyte, as the pack has it.
    func changeSize() throws(PackRefusal) -> String? {
        guard let limit = judging.limits.value("max_pr_size_kb") else { return nil }
        guard let most = ExactDecimal(limit) else { throw judging.invalid("max_pr_size_kb", rule.name) }
        let added = judging.values.value("lines_added")?.int64
        let removed = judging.values.value("lines_removed")?.int64
        if action?.kind != .create, added == nil, removed == nil { return nil }
        guard let added, let removed else { return "the call does not say lines_added and lines_removed" }
        let (lines, overflow) = added.addingReportingOverflow(removed)
        let size = lines / 10 + (lines % 10 > 0 ? 1 : 0)
        guard !overflow, ExactDecimal(Int(clamping: size)) <= most else {
            return "the change is larger than the passport's max_pr_size_kb"
        }
        return nil
    }

    func releaseFiles() throws(PackRefusal) -> String? {
        let allowed = try judging.list(["allowed_extensions", "allowed_file_extensions"], rule)?.map(\.lowered)
        for file in judging.values.value("files")?.array?.compactMap(\.string) ?? [] {
            if try judging.fits(file, SensitivePaths.released, ignoringCase: true, rule, "files") {
                return "a file is of those that are not released (docs/oap.md)"
            }
            guard let allowed, !allowed.contains("*") else { continue }
            let ending = FileRules.fileExtension(file)
            guard allowed.contains(ending) || allowed.contains(UTF8String(".\(ending)")), !ending.isEmpty else {
                return "a file's extension is not in the passport's allowed_extensions"
            }
        }
        return nil
    }
}
