// SPDX-License-Identifier: Apache-2.0
import StrictJSON

enum PerlProgram {
    static func actions(of code: UTF8String) throws(NotUnderstood) -> [ProgramAction] { throw NotUnderstood() }
}
enum NodeProgram {
    static func actions(of code: UTF8String) throws(NotUnderstood) -> [ProgramAction] { throw NotUnderstood() }
}
enum RubyProgram {
    static func actions(of code: UTF8String) throws(NotUnderstood) -> [ProgramAction] { throw NotUnderstood() }
}
enum PHPProgram {
    static func actions(of code: UTF8String) throws(NotUnderstood) -> [ProgramAction] { throw NotUnderstood() }
}
