// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramTable {
    /// What a variable makes programs run or load that get it, whichever they are: a value is judged as soon as it is set
    /// for a program.
    static func variableActions(_ name: UTF8String, _ value: ShellValue) -> [ProgramAction] {
        // Empty, or the name of a program that only shows text: nothing.
        guard !value.isEmpty, !value.is("/dev/null") else { return [] }
        if loaders.contains(name) { return files(value).map { .codeFile($0) } }
        if name == "PATH" { return path(value) }
        if startFiles.contains(name) { return files(value).map { .codeFile($0) } }
        if scripts.contains(name) { return [.shellFile(value, [])] }
        if commands.contains(name) || name.hasPrefix("GIT_CONFIG_VALUE") {
            return isUsual(value) ? [] : [.shell(value)]
        }
        if options.contains(name) { return optionActions(name, value) }
        if name.hasPrefix("BASH_FUNC_") || name == "PROMPT_COMMAND" || name == "PS4" { return shellText(name, value) }
        if name.hasPrefix("GIT_CONFIG_KEY") || name == "GIT_CONFIG_PARAMETERS" { return [.opaque(.arguments)] }
        if folders.contains(name) { return parts(value).map { .codeFile($0) } }
        // Options may no more follow operands: what looks like one is an operand.
        if name == "POSIXLY_CORRECT" { return [.opaque(.arguments)] }
        if name == "FFREPORT" {
            let bytes = value.prefix.bytes
            let place = bytes.indices.first { bytes[$0...].starts(with: "file=".utf8) }
            return [.path([.write], place.map { value.dropping($0 + 5) } ?? ShellValue("."))]
        }
        if name == "HOSTALIASES" { return [.path([.read], value), .opaque(.host)] }
        return toolVariableActions(name, value)
    }

    /// Libraries put into every program.
    private static let loaders: Set<UTF8String> = [
        "LD_PRELOAD", "LD_AUDIT", "DYLD_INSERT_LIBRARIES", "LD_PROFILE", "GCONV_PATH", "OPENSSL_MODULES",
        "R_PROFILE_USER", "R_PROFILE", "JULIA_LOAD_PATH",
    ]

    /// Files of code that an interpreter reads when it starts.
    private static let startFiles: Set<UTF8String> = [
        "PYTHONSTARTUP", "OPENSSL_CONF", "OPENSSL_ENGINES", "TCLLIBPATH",
        "NODE_REPL_EXTERNAL_MODULE",
        "GIT_CONFIG", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_TEMPLATE_DIR",
        "RIPGREP_CONFIG_PATH", "PSQLRC", "WGETRC", "CURL_HOME", "NPM_CONFIG_USERCONFIG", "NPM_CONFIG_GLOBALCONFIG",
        "npm_config_userconfig",
        "npm_config_globalconfig", "PIP_CONFIG_FILE", "ANSIBLE_CONFIG", "MAKEFILES",

        "DOCKER_CONFIG", "KUBECONFIG",
    ]

    private static let scripts: Set<UTF8String> = ["BASH_ENV", "ENV"]

    /// Texts that programs hand to a shell, or run.
    private static let commands: Set<UTF8String> = [
        "PAGER", "GIT_PAGER", "MANPAGER", "SYSTEMD_PAGER", "AWS_PAGER", "GH_PAGER", "BAT_PAGER", "DELTA_PAGER",
        "PSQL_PAGER", "EDITOR", "VISUAL", "GIT_EDITOR", "GIT_SEQUENCE_EDITOR", "SUDO_EDITOR", "SYSTEMD_EDITOR",
        "KUBE_EDITOR",
        "CVS_EDITOR", "SVN_EDITOR", "HGEDITOR", "FCEDIT", "BROWSER", "GH_BROWSER", "GIT_SSH", "GIT_SSH_COMMAND",
        "GIT_ASKPASS",
        "SSH_ASKPASS", "SUDO_ASKPASS", "GIT_EXTERNAL_DIFF", "GIT_PROXY_COMMAND", "SVN_SSH", "CVS_RSH", "RSYNC_RSH",
        "RSH",
        "LESSOPEN", "LESSCLOSE", "MANROFFOPT", "RUSTC_WRAPPER", "RUSTC", "RUSTC_WORKSPACE_WRAPPER",
        "CARGO_BUILD_RUSTC",
        "CARGO_BUILD_RUSTC_WRAPPER", "RUSTDOC", "CC", "CXX", "CPP", "SHELL",
        "npm_config_script_shell",
        "NPM_CONFIG_SCRIPT_SHELL", "npm_config_git", "npm_config_editor", "CMAKE_C_COMPILER_LAUNCHER",
        "CMAKE_CXX_COMPILER_LAUNCHER",
        "PERL5DB", "FZF_DEFAULT_COMMAND", "TEXEDIT", "MAILER",

        "LYNX_EDITOR",
    ]

    /// Further options for a program, as if they stood on its line.
    private static let options: Set<UTF8String> = [
        "NODE_OPTIONS", "PERL5OPT", "RUBYOPT", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "MAVEN_OPTS",
        "GRADLE_OPTS",
        "SBT_OPTS", "BASHOPTS", "SHELLOPTS", "LESS", "MORE", "TAR_OPTIONS", "GZIP", "GREP_OPTIONS", "MAKEFLAGS",
        "GNUMAKEFLAGS", "GOFLAGS",
        "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTDOCFLAGS", "PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTHONINSPECT",
        "PYTHONBREAKPOINT",
        "LUA_INIT", "VIMINIT", "EXINIT", "ZIPOPT", "ZIP", "UNZIP", "ZSTD_CLEVEL_OPTIONS",
        "PGOPTIONS",
        "PARALLEL", "LESSKEYIN",
        "LESSKEY", "LESSKEY_CONTENT",
        "MANOPT", "GIT_EXEC_PATH", "PHP_INI_SCAN_DIR", "PHPRC", "ERL_FLAGS", "ERL_AFLAGS",
        "ERL_ZFLAGS", "ELIXIR_ERL_OPTIONS",
        "BUN_OPTIONS", "DOTNET_STARTUP_HOOKS", "CORECLR_PROFILER_PATH",
        "COR_PROFILER_PATH",
    ]

    /// Places that code is loaded from.
    private static let folders: Set<UTF8String> = [
        // Settings of many programs, git's among them, which run what they say.
        "HOME", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS",
        "PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PERL5LIB", "PERLLIB", "RUBYLIB", "GEM_PATH", "GEM_HOME",
        "NODE_PATH", "LUA_PATH",
        "LUA_CPATH", "CLASSPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FRAMEWORK_PATH",
        "DYLD_FALLBACK_LIBRARY_PATH", "AWKPATH",
        "AWKLIBPATH", "VIMRUNTIME", "ZDOTDIR", "FPATH", "TCL_LIBRARY", "R_LIBS", "R_LIBS_USER",
        "GST_PLUGIN_PATH",
        "QT_PLUGIN_PATH", "GTK_MODULES", "GTK_PATH", "GIO_EXTRA_MODULES", "COMPILER_PATH", "GCC_EXEC_PREFIX",

    ]

    /// Names separated by colons or blanks.
    private static func files(_ value: ShellValue) -> [ShellValue] {
        guard let known = value.known else { return [value] }
        return known.string.utf8.split { $0 == UInt8(ascii: ":") || $0 == 0x20 }.map { ShellValue(bytes: $0) }
    }

    /// A search path that holds more than the system's folders: what a name runs is then what lies in them.
    private static func path(_ value: ShellValue) -> [ProgramAction] {
        parts(value).filter { part in
            let known = part.known ?? ""
            return part.known == nil || !systemFolders.contains { known == $0 || known.hasPrefix(UTF8String("\($0)/")) }
        }.map { $0.startsUnknown ? .opaque(.program) : .codeFile($0) }
    }

    /// Below these only an administrator writes.
    private static let systemFolders: [UTF8String] = ["/bin", "/sbin", "/usr", "/opt", "/snap", "/nix/store"]

    /// What a colon separates.
    private static func parts(_ value: ShellValue) -> [ShellValue] {
        var parts: [ShellValue] = []
        var pieces: [ShellValue.Piece] = []
        for piece in value.pieces {
            guard case .text(let text) = piece else {
                pieces.append(piece)
                continue
            }
            let texts = text.string.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            for (place, text) in texts.enumerated() {
                if place > 0 {
                    parts.append(ShellValue(pieces: pieces))
                    pieces = []
                }
                pieces.append(.text(UTF8String(String(Substring(text)))))
            }
        }
        parts.append(ShellValue(pieces: pieces))
        return parts.filter { !$0.isEmpty }
    }

    /// Programs that only show text, or do nothing.
    private static func isUsual(_ value: ShellValue) -> Bool {
        guard let name = value.lastComponent else { return false }
        return ["cat", "true", "echo", ":"].contains(name.string)
            && (value.known == name || systemFolders.contains { value.prefix.hasPrefix(UTF8String("\($0)/")) })
    }

    /// Ordinary settings of these are many; what loads or runs has its marks.
    private static func optionActions(_ name: UTF8String, _ value: ShellValue) -> [ProgramAction] {
        guard let known = value.known else { return [.opaque(.arguments)] }
        let text = known.string
        let words = text.split(separator: " ")
        switch name.string {
        case "NODE_OPTIONS":
            return words.allSatisfy { harmlessNode.contains(where: $0.hasPrefix) } ? [] : [.opaque(.code)]
        case "LESS", "MORE":
            return words.allSatisfy {
                $0.first == "-" && $0.dropFirst().allSatisfy { "FRXSiIMNeqQwWaAcCdEfGgKLmnrsuUV".contains($0) }
            }
                ? [] : [.opaque(.arguments)]
        case "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "MAVEN_OPTS", "GRADLE_OPTS",
            "SBT_OPTS":
            return words.allSatisfy {
                ["-Xmx", "-Xms", "-Xss", "-XX:", "-D", "--enable-preview"].contains(where: $0.hasPrefix)
            }
                && !text.contains("OnError") && !text.contains("OnOutOfMemory") && !text.contains("Flags=")
                ? [] : [.opaque(.code)]
        case "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTDOCFLAGS":
            return text.contains("linker") || text.contains("@") ? [.opaque(.code)] : []
        case "GOFLAGS": return text.contains("exec") || text.contains("vettool") ? [.opaque(.code)] : []
        case "MAKEFLAGS", "GNUMAKEFLAGS":
            return words.allSatisfy { $0.hasPrefix("-j") || $0 == "-s" || $0 == "-k" } ? [] : [.opaque(.arguments)]
        case "PYTHONINSPECT", "PYTHONBREAKPOINT": return text == "0" || text == "1" ? [] : [.projectCode]
        case "PYTEST_ADDOPTS": return [.projectCode]
        case "GZIP": return words.allSatisfy { $0.hasPrefix("-") } ? [] : [.opaque(.arguments)]
        case "PERL5OPT", "RUBYOPT":
            return words.allSatisfy { $0.hasPrefix("-w") || $0.hasPrefix("-W") } ? [] : [.opaque(.code)]
        case "GREP_OPTIONS": return words.allSatisfy { $0.hasPrefix("--color") } ? [] : [.opaque(.arguments)]
        default: return [.opaque(.code)]
        }
    }

    private static let harmlessNode = [
        "--max-old-space-size", "--max_old_space_size", "--openssl-legacy-provider", "--no-warnings",
        "--trace-warnings", "--experimental-vm-modules",
        "--enable-source-maps", "--no-deprecation", "--trace-deprecation", "--unhandled-rejections",
        "--dns-result-order", "--stack-trace-limit",
        "--experimental-specifier-resolution", "--experimental-json-modules", "--preserve-symlinks", "--inspect",
    ]

    /// Text that a shell runs although no program is meant: an exported function, a prompt.
    private static func shellText(_ name: UTF8String, _ value: ShellValue) -> [ProgramAction] {
        if name.hasPrefix("BASH_FUNC_") { return [.opaque(.code)] }
        guard let known = value.known else { return [.opaque(.code)] }
        if name == "PROMPT_COMMAND" { return [.shell(value)] }
        return known.string.utf8.contains { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "`") } ? [.opaque(.code)] : []
    }
}
