// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// An expression that reads a part of the request: `context.input.path`.
struct ParameterPath: Hashable {
    let variable: Variable
    let names: [UTF8String]

    /// The path that an expression is, or `nil` where it is none.
    init?(_ expression: Expression) {
        var names: [UTF8String] = []
        var expression = expression
        while case .attribute(let subject, let name) = expression.kind {
            names.append(name)
            expression = subject
        }
        guard case .variable(let variable) = expression.kind else { return nil }
        self.variable = variable
        self.names = names.reversed()
    }

    /// The names within a call's parameters; `nil` for another part of the request.
    var parameter: [UTF8String]? {
        variable == .context && names.first == "input" ? Array(names.dropFirst()) : nil
    }

    /// Whether this is one of the agent's limits, which are what its issuer makes them.
    var isLimit: Bool { variable == .principal && names.first == "limits" }
}

extension Expression {
    /// This expression and all inside it.
    func forEach(_ body: (Expression) -> Void) {
        // As deep as the parser allows.
        body(self)
        for operand in operands { operand.forEach(body) }
    }

    private var operands: [Expression] {
        switch kind {
        case .literal, .variable: []
        case .not(let operand), .negate(let operand), .has(let operand, _), .like(let operand, _),
            .attribute(let operand, _), .isType(let operand, _, nil), .isEmpty(let operand):
            [operand]
        case .and(let operands), .or(let operands), .set(let operands), .call(_, let operands): operands
        case .arithmetic(let first, let steps): [first] + steps.map(\.operand)
        case .comparison(_, let left, let right), .membership(let left, let right), .method(_, let left, let right),
            .isType(let left, _, let right?):
            [left, right]
        case .conditional(let condition, let first, let second): [condition, first, second]
        case .record(let fields): fields.map(\.value)
        }
    }

    /// The paths at this expression or directly inside it.
    var nearPaths: [ParameterPath] { ([self] + operands).compactMap { ParameterPath($0) } }
}
