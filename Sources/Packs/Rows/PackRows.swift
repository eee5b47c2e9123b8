// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Synchronization

/// The packs that are enforced here. Each is read where a call asks for it: a program that decides one call reads one.
enum PackRows {
    /// Every pack; an empty list where one cannot be read, which a test does.
    static var packs: [UTF8String: PackDefinition] {
        do throws(PackReader.Mistake) {
            return Dictionary(uniqueKeysWithValues: try PackReader(PackText.all).packs.map { ($0.id, $0) })
        } catch {
            return [:]
        }
    }

    /// A pack by its id; `nil` where there is none, or where it cannot be read: then every call under it is refused.
    static func pack(_ id: UTF8String) -> PackDefinition? {
        known.withLock { known in
            if let pack = known[id] { return pack }
            guard let text = texts[id] else { return nil }
            do throws(PackReader.Mistake) {
                let pack = try PackReader(text).packs.first
                known[id] = pack
                return pack
            } catch {
                return nil
            }
        }
    }

    private static let known = Mutex<[UTF8String: PackDefinition]>([:])

    /// The lines of each pack.
    private static let texts: [UTF8String: String] = {
        var texts: [UTF8String: String] = [:]
        var pack: UTF8String?
        for line in PackText.all.utf8.split(separator: UInt8(ascii: "\n")) {
            if line.starts(with: "pack ".utf8) {
                let words = line.split(separator: UInt8(ascii: " "))
                pack = words.dropFirst().first.map { UTF8String(String(Substring($0))) }
            }
            if let pack { texts[pack, default: ""] += String(Substring(line)) + "\n" }
        }
        return texts
    }()
}
