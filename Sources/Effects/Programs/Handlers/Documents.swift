// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// An operand that is a path or an address.
    private static func place(_ value: ShellValue, _ verbs: [Verb], _ run: inout ProgramRun) {
        let text = value.prefix.asciiLowercased
        if text.hasPrefix("file:") { return run.path(verbs, value.dropping(text.hasPrefix("file://") ? 7 : 5)) }
        if text.string.contains("://") { run.add(.url(value)) } else { run.path(verbs, value) }
    }

    /// ffmpeg: what follows `-i` is read; any other word that could be a file's name may be one that is written.
    static func ffmpeg(_ run: inout ProgramRun) {
        let words = run.invocation.arguments
        run.operands = []
        for (index, word) in words.enumerated() {
            let before = index > 0 ? words[index - 1].known?.string ?? "" : ""
            let text = word.known?.string ?? "?"
            if text.hasPrefix("-") { continue }
            if before == "-i" {
                if text.hasPrefix("concat:") || text.hasPrefix("subfile") || text.hasPrefix("crypto") {
                    run.add(opaque: .pathRead)
                } else if !text.hasPrefix("pipe:") {
                    for part in wrapped(word) { place(part, [.read], &run) }
                    if text.contains("=") { ProgramRoles.plain(&run, word, [.read]) }
                    place(word, [.read], &run)
                }
                continue
            }
            let isLast = index == words.count - 1
            let isNumber = text.allSatisfy { $0.isNumber || ".:xkM%".contains($0) }
            if ["movie=", "subtitles=", "ass=", "lut3d=", "sendcmd", "textfile="].contains(where: text.contains) {
                run.add(opaque: .pathRead)
            }
            if text.hasPrefix("pipe:") || isNumber { continue }
            // `amovie=/x`, `[f=mp4]/x`.
            if text.contains("=") || text.contains("]") { ProgramRoles.plain(&run, word, [.read, .write]) }
            for part in wrapped(word) { place(part, [.write], &run) }
            if isLast || word.known == nil || text.contains("/") || text.contains(".") { place(word, [.write], &run) }
        }
    }

    /// What lies behind protocols that only wrap another (`async:file:x`, `md5:x`), and each of several outputs (`a|[f=x]b`).
    private static func wrapped(_ word: ShellValue) -> [ShellValue] {
        guard let known = word.known else { return [] }
        let parts = known.string.split(separator: "|")
        return parts.compactMap { part in
            var rest = part
            if rest.first == "[", let end = rest.firstIndex(of: "]") { rest = rest[rest.index(after: end)...] }
            while let colon = rest.firstIndex(of: ":"), rest[..<colon].allSatisfy({ $0.isLetter || $0.isNumber }),
                !rest[colon...].hasPrefix("://")
            {
                rest = rest[rest.index(after: colon)...]
            }
            return rest.count < part.count || parts.count > 1 ? ShellValue(UTF8String(String(rest))) : nil
        }
    }

    static func media(_ run: inout ProgramRun) {
        let readers: Set<UTF8String> = [
            "ffprobe", "ffplay", "mediainfo", "mpv", "mplayer", "vlc", "cvlc", "soxi", "mkvinfo", "mp3info",
        ]
        let operands = run.operands
        run.operands = []
        for option in run.words.unknown {
            // Players run scripts, and tools take their options' values for files.
            if ["--script", "--input-conf", "--include", "--config", "-o", "--output"].contains(where: {
                option.prefix.hasPrefix($0)
            }) {
                run.add(opaque: .arguments)
            }
        }
        for operand in operands {
            // SoX opens `|command`; others put numbers before a name.
            if operand.prefix.hasPrefix("|") { run.add(.shell(operand.dropping(1), run.setting())) }
            // Of VLC: a file's own options, which may send it anywhere.
            if operand.prefix.hasPrefix(":"), run.name.hasSuffix("vlc") { run.add(opaque: .pathWrite) }
            if operand.prefix.string.contains(":") { ProgramRoles.plain(&run, operand, [.read, .write]) }
            place(operand, readers.contains(run.name) ? [.read] : [.read, .write], &run)
        }
    }

    static func imagemagick(_ run: inout ProgramRun) {
        var words = run.invocation.arguments
        run.operands = []
        let verbs: Set<UTF8String> = [
            "convert", "mogrify", "identify", "composite", "montage", "compare", "import", "animate", "display",
            "conjure", "stream",
        ]
        var verb = run.name
        if verb == "magick" || verb == "gm", let first = words.first?.known, verbs.contains(first) {
            verb = first
            words.removeFirst()
        }
        if verb == "conjure" || words.contains(where: { $0.is("-script") || $0.is("-process") || $0.is("-launch") }) {
            run.add(opaque: .code)
        }
        for (index, word) in words.enumerated() {
            let text = word.known?.string ?? "?"
            if text.hasPrefix("-") || text.hasPrefix("+") { continue }
            if text.hasPrefix("|") { run.add(opaque: .code) }
            let lower = text.lowercased()
            if ["msl:", "mvg:", "ephemeral:", "vid:", "ps:", "eps:", "pdf:", "text:", "inline:", "win:", "x:"].contains(
                where: lower.hasPrefix)
            {
                run.add(opaque: .arguments)
            }
            if let at = text.firstIndex(of: "@"), at == text.startIndex || text[text.index(before: at)] == ":" {
                run.add(opaque: .pathRead)
            }
            let isWritten =
                index > 0 && words[index - 1].is("-write")
                || (index == words.count - 1 && !["identify", "animate", "display"].contains(verb.string))
                || verb == "mogrify"
            let isFile = word.known == nil || text.contains(".") || text.contains("/") || isWritten
            let verbs: [Verb] = verb == "mogrify" ? [.read, .write] : isWritten ? [.write] : [.read]
            if isFile { place(word, verbs, &run) }
            // A format before the name.
            if !text.contains("://"), let (_, name) = word.split(at: UInt8(ascii: ":")), !name.isEmpty {
                place(name, verbs, &run)
            }
        }
    }

    static func pandoc(_ run: inout ProgramRun) {
        for format in run.values("-t") where format.known.map({ $0.hasSuffix(".lua") }) ?? true {
            run.add(.codeFile(format))
        }
        // What the engine is told, it is told with the text that was made.
        let told = run.values("--pdf-engine-opt")
        if !told.isEmpty {
            let engine = run.values("--pdf-engine").last ?? "pdflatex"
            run.add(.command([engine] + told + ["input.tex"], run.setting()))
        }
        for engine in run.values("--pdf-engine") {
            let known: Set<String> = [
                "pdflatex", "lualatex", "xelatex", "latexmk", "tectonic", "wkhtmltopdf", "weasyprint", "pagedjs-cli",
                "prince", "context", "pdfroff", "groff", "typst",
            ]
            if !known.contains(engine.known?.string ?? "?") { run.add(.command([engine], run.setting())) }
        }
        let operands = run.operands
        run.operands = []
        for operand in operands { place(operand, [.read], &run) }
    }

    /// TeX: it writes below its directory, and runs little unless it is told to; Lua's engines run what they read.
    static func tex(_ run: inout ProgramRun) {
        let operands = run.operands
        run.operands = []
        run.add(.path([.write], run.directory ?? ShellValue("."), isTree: true))
        let directory = run.directory
        run.directory = nil
        if ["latexmk", "arara", "texi2dvi", "texi2pdf"].contains(run.name.string) { run.add(.projectCode) }
        if operands.isEmpty, run.words.options.isEmpty, !["latexmk", "arara"].contains(run.name.string) {
            run.add(opaque: .code)
        }
        for operand in operands {
            if operand.prefix.hasPrefix("\\") || operand.prefix.hasPrefix("&") {
                run.add(opaque: .code)
            } else if run.name.string.hasPrefix("lua") || run.name == "context" || run.name == "arara" {
                run.add(.codeFile(operand))
            } else {
                run.path([.read], operand)
            }
        }
        run.directory = directory
    }

    private static let readers: Set<UTF8String> = [
        "pdfinfo", "pdffonts", "pdfgrep", "glow", "mdcat", "mdless", "nroff", "groff", "troff", "mandoc", "gv",
        "evince", "okular", "zathura", "mupdf", "xpdf", "feh", "eog", "gwenview", "sxiv",
        "nomacs", "cmark", "markdown", "multimarkdown", "htmlq", "pup", "html2text", "docx2txt", "catdoc", "antiword",
        "tbl", "eqn", "pic", "soelim", "refer", "hxselect", "odt2txt", "unrtf", "djvutxt",
        "xml", "xmlstarlet", "tidy",
    ]

    /// Converters of documents: operands are read, and may be written.
    static func documents(_ run: inout ProgramRun) {
        let operands = run.operands
        run.operands = []
        let isGhostscript = run.entry.names.contains("gs")
        for option in run.words.unknown {
            let text = option.known?.string ?? "?"
            if isGhostscript, text == "-c" || text.contains("SAFER") && text != "-dSAFER" {
                run.add(opaque: .code)
            }
            if isGhostscript, let (name, file) = option.split(at: UInt8(ascii: "=")), name.string.contains("OutputFile")
            {
                if file.prefix.hasPrefix("|") || file.prefix.hasPrefix("%pipe") {
                    run.add(opaque: .code)
                } else {
                    run.path([.write], file)
                }
            }
            if ["soffice", "libreoffice", "localc", "lowriter"].contains(run.name.string),
                text.hasPrefix("-env") || text.hasPrefix("--accept")
            {
                run.add(opaque: .code)
            }
            if let (_, file) = option.split(at: UInt8(ascii: "=")), file.known.map({ $0.string.contains("/") }) ?? true
            {
                run.path([.read, .write], file)
            }
            if run.name == "xmllint" || run.name == "tidy", text.contains("shell") || text == "-m" || text == "-modify"
            {
                run.add(opaque: .arguments)
            }
        }
        for operand in operands {
            if run.name == "qpdf", operand.prefix.hasPrefix("@") { run.add(opaque: .arguments) }
            if isGhostscript, operand.prefix.hasPrefix("|") || operand.prefix.hasPrefix("%pipe") {
                run.add(opaque: .code)
            }
            if operand.prefix.hasSuffix(".recipe") { run.add(.codeFile(operand)) }
            if operand.prefix.hasPrefix("macro:") || operand.prefix.hasPrefix("vnd.sun") { run.add(opaque: .code) }
            place(operand, readers.contains(run.name) ? [.read] : [.read, .write], &run)
        }
        if ["soffice", "libreoffice"].contains(run.name.string) { run.path([.write], ShellValue("."), isTree: true) }
    }

    /// Mail: to whom.
    static func mail(_ run: inout ProgramRun) {
        let operands = run.operands
        run.operands = []
        let simple: Set<UTF8String> = ["sendmail", "mail", "mailx", "msmtp", "ssmtp", "s-nail", "nail", "mpack"]
        let harmless = ["-t", "-i", "-oi", "-v", "-n", "-E"]
        if !simple.contains(run.name)
            || run.words.unknown.contains(where: { !harmless.contains($0.known?.string ?? "?") })
        {
            run.add(opaque: .arguments)
        }
        for recipient in operands { run.add(ProgramRun.recipient(recipient)) }
        // Recipients in the message, or commands that are typed.
        if operands.isEmpty { run.add(run.words.unknown.isEmpty ? .opaque(.code) : .opaque(.value)) }
        // `~!` in the text is a command where somebody types it.
        if case .text(let text) = run.invocation.input, text.known?.string.contains("~") ?? true,
            run.name.string.contains("mail"), run.name != "sendmail"
        {
            run.add(opaque: .code)
        }
    }
}
