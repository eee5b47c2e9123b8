// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON

extension PackHandler {
    /// Why the rule refuses, or `nil`.
    func refusal(_ rule: PackRule, _ judging: RuleJudging) -> PackRefusal? {
        do throws(PackRefusal) {
            guard let why = try why(rule, judging) else { return nil }
            return judging.refusal(rule, why)
        } catch {
            return error
        }
    }

    private func why(_ rule: PackRule, _ judging: RuleJudging) throws(PackRefusal) -> String? {
        switch self {
        case .commands: return try CommandRules(judging, rule).commands()
        case .commandPatterns: return try CommandRules(judging, rule).patterns()
        case .workingDirectory: return try CommandRules(judging, rule).workingDirectory()
        case .environment: return try CommandRules(judging, rule).environment()
        case .pathsAllowed: return try FileRules(judging, rule).allowed()
        case .pathsBlocked: return try FileRules(judging, rule).blocked()
        case .pathPatterns: return try FileRules(judging, rule).patterns()
        case .extensions: return try FileRules(judging, rule).extensions()
        case .sensitiveReads: return try FileRules(judging, rule).sensitive(SensitivePaths.read)
        case .sensitiveWrites: return try FileRules(judging, rule).sensitive(SensitivePaths.written)
        case .contentSize: return try FileRules(judging, rule).contentSize()
        case .webAddress: return WebRules(judging, rule).address()
        case .domainsAllowed: return try WebRules(judging, rule).allowed()
        case .domainsBlocked: return try WebRules(judging, rule).blocked()
        case .privateAddress: return WebRules(judging, rule).privateAddress()
        case .headers: return try WebRules(judging, rule).headers()
        case .recipients: return try MessageRules(judging, rule).recipients()
        case .mentions: return try MessageRules(judging, rule).mentions()
        case .serverURL: return ServerRules(judging, rule).address()
        case .serversAllowed: return try ServerRules(judging, rule).allowed()
        case .toolsAllowed: return try ServerRules(judging, rule).tools()
        case .actionCapability: return RepositoryRules(judging, rule).capability()
        case .repositories: return try RepositoryRules(judging, rule).repositories()
        case .branches: return try RepositoryRules(judging, rule).branches()
        case .changedPaths: return try RepositoryRules(judging, rule).changedPaths()
        case .changeSize: return try RepositoryRules(judging, rule).changeSize()
        case .releaseFiles: return try RepositoryRules(judging, rule).releaseFiles()
        case .quota: return try ValueRules(judging, rule).quota()
        case .assurance: return try ValueRules(judging, rule).assurance()
        case .payees: return try ValueRules(judging, rule).payees()
        case .refundTotal: return ValueRules(judging, rule).refundTotal()
        case .pairTokens: return try ValueRules(judging, rule).pairTokens()
        case .validationChecks: return try ValueRules(judging, rule).validationChecks()
        case .criteriaAttested: return try DeliverableRules(judging, rule).attested()
        case .criteriaEvidence: return try DeliverableRules(judging, rule).evidence()
        case .criteriaMet: return try DeliverableRules(judging, rule).met()
        case .summaryWords: return try DeliverableRules(judging, rule).summary()
        case .reviewer: return try DeliverableRules(judging, rule).reviewer()
        case .outputPatterns: return try DeliverableRules(judging, rule).patterns()
        }
    }
}

extension RuleJudging {
    /// Whether any of the patterns fits a text. A pattern that cannot be tried, or takes too long, is the passport's
    /// mistake, and refuses.
    func fits(
        _ text: UTF8String, _ patterns: [UTF8String], ignoringCase: Bool = false, _ rule: PackRule, _ limit: String
    )
        throws(PackRefusal) -> Bool
    {
        for pattern in patterns {
            guard let glob = Glob(pattern, ignoringCase: ignoringCase), let fits = glob.matches(text) else {
                throw invalid(limit, rule.name)
            }
            if fits { return true }
        }
        return false
    }
}
