// SPDX-License-Identifier: Apache-2.0

import Cedar

/// Cedar's own types by the names that people write. No type of these schemas has such a name, so they mean the same as
/// `__cedar::Long` and the like.
extension TypeExpression {
    static var plainBool: TypeExpression { .named("Bool") }
    static var plainLong: TypeExpression { .named("Long") }
    static var plainString: TypeExpression { .named("String") }
}
