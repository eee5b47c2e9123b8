// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON

/// Which effects give an agent which labels: the whole table.
///
/// | effect | labels |
/// |---|---|
/// | `connect` to this machine's loopback | `network` |
/// | `connect` to anything else | `network`, `read-untrusted`: an answer may come back |
/// | `opaque` `host`, where a policy permits it | the same: it may be anybody |
/// | `read` of a file by a name that secrets are kept under (`SensitiveNames.isSecret`) | `read-secret` |
///
/// Other effects give none. In particular not `opaque` `path-read`: a policy that permits reading what nobody can name
/// has said that it does not matter what it was, and `grep` over a computed list would label every session.
enum EffectLabels {
    /// What a call with these effects brings its agent.
    static func of(_ effects: [Effect]) -> Set<SessionLabel> {
        var labels: Set<SessionLabel> = []
        for effect in effects {
            switch effect.verb {
            case .connect:
                labels.insert(.network)
                if !isLoopback(effect.resource) { labels.insert(.readUntrusted) }
            case .opaque where effect == .opaque(.host): labels.formUnion([.network, .readUntrusted])
            case .read where effect.resource.name.type == .file || effect.resource.name.type == .directory:
                if SensitiveNames.isSecret(path: effect.resource.name.id) { labels.insert(.readSecret) }
            default: break
            }
        }
        return labels
    }

    /// Whether a connection certainly stays on this machine. `localhost` is the one name that is believed.
    static func isLoopback(_ resource: Resource) -> Bool {
        guard let host = ([resource.name] + resource.ancestors).first(where: { $0.type == .host }) else { return false }
        let readings = HostName.readings(of: host.id)
        return !readings.isEmpty
            && readings.allSatisfy { reading in
                switch reading {
                case .name(let name): name == "localhost"
                case .v4(let address): address >> 24 == 127
                case .v6(let address): address.groups == [0, 0, 0, 0, 0, 0, 0, 1]
                }
            }
    }
}
