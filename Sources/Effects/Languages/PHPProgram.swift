// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A PHP program, as given to `-r`.
///
/// Functions and constants come from lists, and only a listed name may be called: no variable, no text, no method. Texts
/// with more than plain variables in them are not understood.
struct PHPProgram {
    private let tokens: [CodeToken]
    private let partners: [Int: Int]
    private var actions: [ProgramAction] = []

    static func actions(of code: UTF8String) throws(NotUnderstood) -> [ProgramAction] {
        let tokens = try PHPLexer.tokens(of: code)
        var program = PHPProgram(tokens: tokens, partners: try tokens.partners())
        try program.walk()
        return program.actions
    }

    private init(tokens: [CodeToken], partners: [Int: Int]) {
        self.tokens = tokens
        self.partners = partners
    }

    private static let keywords = words(
        """
        and array as break case continue default die do echo else elseif empty exit false for foreach if int isset list null
        or print return string switch true unset while xor float bool
        """)
    private static let functions = words(
        """
        abs array_chunk array_column array_combine array_count_values array_diff array_fill array_flip array_intersect
        array_key_exists array_key_first array_key_last array_keys array_merge array_pad array_pop array_product array_push
        array_rand array_reverse array_search array_shift array_slice array_sum array_unique array_unshift array_values arsort asort
        base64_decode base64_encode base_convert bin2hex bindec ceil checkdate chr chunk_split class_exists count crc32 date
        date_default_timezone_get decbin dechex decoct dirname basename explode extension_loaded floatval floor fmod
        function_exists get_loaded_extensions getcwd gettype hash hash_algos hexdec html_entity_decode htmlspecialchars hypot
        implode in_array ini_get intdiv intval is_array is_bool is_float is_int is_null is_numeric is_string join
        json_decode json_encode json_last_error json_last_error_msg krsort ksort lcfirst ltrim max mb_strlen mb_strtolower
        mb_strtoupper mb_substr md5 memory_get_usage microtime min mktime mt_rand nl2br number_format octdec ord pathinfo
        php_ini_loaded_file php_sapi_name php_uname phpinfo phpversion pi pow preg_match preg_match_all preg_quote preg_split
        print_r printf rand random_bytes random_int range rawurldecode rawurlencode round rsort rtrim serialize sha1 shuffle sleep
        sort sprintf sqrt str_contains str_ends_with str_pad str_repeat str_replace str_split str_starts_with str_word_count
        strcmp strlen strpos strrev strrpos strstr strtolower strtotime strtoupper strtr strval substr substr_count sys_get_temp_dir
        time trim ucfirst ucwords uniqid urldecode urlencode usleep var_dump var_export version_compare wordwrap zend_version
        """)
    private static let files: [UTF8String: Verb] = [
        "file_get_contents": .read, "file": .read, "readfile": .read, "file_put_contents": .write, "filesize": .read,
        "scandir": .read, "unlink": .delete, "md5_file": .read, "sha1_file": .read,
        "file_exists": .read, "is_file": .read, "is_dir": .read,
    ]
    private static let constants = words(
        "PHP_VERSION PHP_EOL PHP_OS PHP_OS_FAMILY PHP_INT_MAX PHP_INT_SIZE PHP_BINARY PHP_SAPI M_PI JSON_PRETTY_PRINT DIRECTORY_SEPARATOR INF NAN JSON_UNESCAPED_SLASHES E_ALL"
    )

    private mutating func walk() throws(NotUnderstood) {
        for (index, token) in tokens.enumerated() {
            switch token {
            case .name(let name): try self.name(name, at: index)
            case .symbol("("):
                // Calls of anything but a name.
                switch tokens.at(index - 1) {
                case .variable?, .string?, .number?, .symbol(")")?, .symbol("]")?, .symbol("}")?: throw NotUnderstood()
                default: break
                }
            default: break
            }
        }
    }

    private mutating func name(_ name: UTF8String, at index: Int) throws(NotUnderstood) {
        let lower = name.asciiLowercased
        if Self.keywords.contains(lower) {
            // `array(…)` makes one; other keywords call nothing.
            return
        }
        guard tokens.at(index + 1)?.isSymbol("(") == true else {
            // A text that is one plain word is a constant, or an error.
            let isAlone = tokens.count == 1 && name.bytes.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "_") }
            guard isAlone || Self.constants.contains(name) else { throw NotUnderstood() }
            return
        }
        if Self.functions.contains(lower) { return }
        guard let verb = Self.files[lower] else { throw NotUnderstood() }
        let isWhole = tokens.at(index + 3)?.isSymbol(")") == true || tokens.at(index + 3)?.isSymbol(",") == true
        guard let path = isWhole ? tokens.at(index + 2)?.literal : nil else {
            // It may be a URL as well.
            throw NotUnderstood()
        }
        let text = path.asciiLowercased
        if text == "php://stdin" || text == "php://stdout" || text == "php://stderr" { return }
        if text.hasPrefix("http://") || text.hasPrefix("https://") {
            actions.append(.url(ShellValue(path)))
            return
        }
        guard !path.bytes.contains(UInt8(ascii: ":")) else { throw NotUnderstood() }
        if let action = ProgramAction.path(verb, literal: path) { actions.append(action) }
    }
}

/// Cuts the understood part of PHP into tokens.
enum PHPLexer {
    private static let operators: [StaticString] = [
        "<=>", "===", "!==", "**", "=>", "==", "!=", "<=", ">=", "&&", "||", "??", "+=", "-=", "*=", ".=", "++", "--",
        "+", "-", "*", "/",
        "%", "!", "<", ">", "(", ")", "[", "]", "{", "}", ",", ".", ";", "=", "?", ":", "|", "@",
    ]

    static func tokens(of code: UTF8String) throws(NotUnderstood) -> [CodeToken] {
        var cursor = CodeCursor(code)
        var tokens: [CodeToken] = []
        while !cursor.isAtEnd {
            let byte = cursor.byte
            // The end of PHP ends comments as well; methods and here-documents are for others.
            for text in ["?>", "<?", "->", "::", "<<<", "#["] as [StaticString] where cursor.starts(with: text) {
                throw NotUnderstood()
            }
            switch byte {
            case 0x20, 0x09, 0x0a, 0x0d: cursor.advance()
            case UInt8(ascii: "#"): try comment(&cursor)
            case UInt8(ascii: "/") where cursor[1] == byte: try comment(&cursor)
            case UInt8(ascii: "/") where cursor[1] == UInt8(ascii: "*"):
                cursor.advance(2)
                while !cursor.starts(with: "*/") {
                    guard !cursor.isAtEnd else { throw NotUnderstood() }
                    cursor.advance()
                }
                cursor.advance(2)
            case UInt8(ascii: "'"), UInt8(ascii: "\""): tokens.append(try string(&cursor))
            case UInt8(ascii: "$"):
                cursor.advance()
                guard let name = cursor.takeName(), cursor.byte < 0x80 else { throw NotUnderstood() }
                tokens.append(.variable(name))
            case _ where byte.isDigit: tokens.append(.number(try cursor.takeNumber()))
            default:
                if let name = cursor.takeName() {
                    guard cursor.byte < 0x80 else { throw NotUnderstood() }
                    tokens.append(.name(name))
                } else if let text = operators.first(where: { cursor.starts(with: $0) }) {
                    _ = cursor.take(text)
                    tokens.append(.symbol(UTF8String("\(text)")))
                } else {
                    throw NotUnderstood()
                }
            }
            guard tokens.count <= Limits.codeTokensMax else { throw NotUnderstood() }
        }
        return tokens
    }

    private static func comment(_ cursor: inout CodeCursor) throws(NotUnderstood) {
        let line = cursor.takeLine()
        guard !zip(line, line.dropFirst()).contains(where: { $0 == UInt8(ascii: "?") && $1 == UInt8(ascii: ">") })
        else {
            throw NotUnderstood()
        }
    }

    private static func string(_ cursor: inout CodeCursor) throws(NotUnderstood) -> CodeToken {
        let quote = cursor.byte
        let isDouble = quote == UInt8(ascii: "\"")
        cursor.advance()
        var value: [UInt8] = []
        var isKnown = true
        while !cursor.isAtEnd {
            let byte = cursor.byte
            cursor.advance()
            if byte == quote { return .string(isKnown ? UTF8String(validating: value) : nil) }
            switch byte {
            case UInt8(ascii: "\\"):
                isKnown = false
                cursor.advance()
            case UInt8(ascii: "$") where isDouble && cursor.byte != 0x20 && cursor.byte != quote:
                isKnown = false
                guard cursor.takeName() != nil, !cursor.starts(with: "->"), !cursor.starts(with: "?->"),
                    cursor.byte != UInt8(ascii: "[")
                else { throw NotUnderstood() }
            case UInt8(ascii: "{") where isDouble && cursor.byte == UInt8(ascii: "$"): throw NotUnderstood()
            default: value.append(byte)
            }
        }
        throw NotUnderstood()
    }
}
