// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// The demonstration's document store.
    static let documents = BuiltInMap(
        table: #"""
            read_document
              path=read:path
            list_documents
              directory=read:directory
            write_document
              path=write:path text
            delete_document
              path=delete:path
            exec.run
              command=execute:command
            """#)
}
