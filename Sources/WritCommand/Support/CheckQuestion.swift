// SPDX-License-Identifier: Apache-2.0

import Decisions
import Glibc
import HomeFolder
import StrictJSON

/// All that the decision of `writ check` takes, besides the installation. What was given relative to a folder, or in the
/// environment, is absolute here.
struct CheckQuestion: Sendable {
    var tool: String
    /// What is meant to be a JSON object.
    var parameters: [UInt8]
    /// `nil` for the configuration's.
    var passport: String?
    /// The file with the key that it is bound to, where that was named.
    var passportKey: String?
    /// A file with a token, in a passport's place.
    var tokenFile: String?
    /// Where relative paths start, where that was said.
    var workingDirectory: String?
    /// The folder of whoever asks, or `nil` where it is not there any more.
    var here: String?
    var project: String?
    var session: String?
    var nonce: String?
    /// Whether the answer is for a program.
    var asJSON: Bool
    /// Who asks, where it is another user than Writ's: then nobody is named.
    var asker: Asker?

    init(
        tool: String, parameters: [UInt8], passport: String?, passportKey: String? = nil, tokenFile: String? = nil,
        workingDirectory: String?, here: String?, project: String?, session: String?, nonce: String?, asJSON: Bool
    ) {
        self.tool = tool
        self.parameters = parameters
        self.passport = passport
        self.passportKey = passportKey
        self.tokenFile = tokenFile
        self.workingDirectory = workingDirectory
        self.here = here
        self.project = project
        self.session = session
        self.nonce = nonce
        self.asJSON = asJSON
    }

    /// What a command line asks. Reads standard input where the parameters are there.
    init(
        _ options: CallOptions, tokenFile: String? = nil, session: String? = nil, nonce: String? = nil,
        asJSON: Bool = true
    ) throws {
        self.init(
            tool: options.tool, parameters: options.parameterBytes(),
            passport: try (options.passport ?? getenv("WRIT_PASSPORT").map { String(cString: $0) })
                .map(WorkingDirectory.absolute),
            passportKey: try options.passportKey.map(WorkingDirectory.absolute),
            tokenFile: try tokenFile.map(WorkingDirectory.absolute),
            workingDirectory: try options.workingDirectory.map(WorkingDirectory.absolute),
            here: WorkingDirectory.exists ? try WorkingDirectory.current() : nil,
            project: try options.project.map(WorkingDirectory.absolute), session: session, nonce: nonce, asJSON: asJSON)
    }

    /// The one function that decides what `writ check` asks, in its own process and in the daemon.
    func answer(_ installation: Installation) async throws -> ProcessAnswer {
        var call = try toolCall(installation.home, installation.configuration)
        if let tokenFile { call.credential = await TokenCredential.credential(tokenFile, installation) }
        call.session = session.map { UTF8String($0) }
        call.nonce = nonce.map { UTF8String($0) }
        let answer = await installation.pipeline.decide(call).answer
        let output = AnswerOutput.bytes(answer, asJSON: asJSON)
        guard answer.receiptID != nil else {
            let (note, status) = unlogged(installation)
            return ProcessAnswer(output: output, errors: note, status: status.rawValue)
        }
        let status: ExitStatus = answer.isAllowed ? .success : .denied
        return ProcessAnswer(output: output, errors: [], status: status.rawValue)
    }

    /// The agent is told little; whoever looks after the installation sees on standard error what to mend.
    private func unlogged(_ installation: Installation) -> (note: [UInt8], status: ExitStatus) {
        do throws(RulebookError) {
            _ = try installation.ports.rules.current()
            return ([], .ledger)
        } catch {
            return (Array("writ: \(error)\n".utf8), .configuration)
        }
    }

    /// The call. Parameters that are no JSON make one like any other, with a defect: it is refused.
    func toolCall(_ home: Home, _ configuration: Configuration) throws -> ToolCall {
        var message = JSON.object(JSONObject())
        var defect: UTF8String?
        do throws(JSONError) {
            message = try JSON(parsing: parameters)
        } catch {
            defect = UTF8String("the parameters are not valid JSON (\(error))")
        }
        let named = NamedTool(tool, configuration)
        var place = try named.place(workingDirectory, project: project, here: here)
        if let asker { place.home = asker.home.map { UTF8String($0) } }
        return ToolCall(
            surface: .check, enforcement: .advisory, server: named.server, tool: named.tool,
            isListed: named.isInTable, pack: named.pack, builtInMap: named.builtInMap, message: message,
            argumentsPlace: JSONPointer(), parametersPlace: JSONPointer(), defect: defect,
            credential: try credential(home, configuration),
            place: place)
    }

    private func credential(_ home: Home, _ configuration: Configuration) throws -> Credential {
        if let asker { return try PassportFolder(home).credential(of: asker.agent) }
        guard tokenFile == nil else { return .none }
        return try PassportChoice.credential(passport, key: passportKey, home, configuration)
    }
}
