// SPDX-License-Identifier: Apache-2.0

extension ToolMap {
    /// What calls of the tool can do to resources that are named, in the verbs' order.
    public var verbs: [Verb] {
        var verbs: Set<Verb> = []
        visit { if case .resource(let some) = $0 { verbs.formUnion(some) } }
        return Verb.allCases.filter { verbs.contains($0) }
    }

    /// Whether something of every call, or of some, is beyond what the map understands.
    public var hasOpaqueParts: Bool {
        var isOpaque = false
        visit { if case .opaque = $0 { isOpaque = true } }
        return isOpaque
    }

    private enum Part {
        case resource([Verb])
        case opaque
    }

    private func visit(_ body: (Part) -> Void) {
        for effect in fixed {
            switch effect.what {
            case .resource(let verbs, _, _), .argument(let verbs, _, _): body(.resource(verbs))
            case .opaque: body(.opaque)
            }
        }
        var nodes = members.map(\.node)
        while let node = nodes.popLast() {
            switch node {
            case .rule(let rule):
                switch rule.meaning {
                case .effect(let verbs, _): body(.resource(verbs))
                case .inert(.keys): body(.opaque)
                case .inert: break
                case .opaque: body(.opaque)
                }
            case .object(let members): nodes += members.map(\.node)
            case .elements(let element): nodes.append(element)
            }
        }
    }
}
