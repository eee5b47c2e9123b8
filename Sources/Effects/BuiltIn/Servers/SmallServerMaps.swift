// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// mcp-server-fetch, 2024 to 2026.
    static let fetch = BuiltInMap(
        table: #"""
            fetch
              url=connect:url max_length=int? start_index=int? raw=bool?
            """#)

    /// mcp-server-sqlite, 2025. Statements for one database; the names of tables and columns are its own.
    static let sqlite = BuiltInMap(
        table: #"""
            read_query
              query=query:sql
            write_query create_table
              query=mutate:sql
            list_tables
            describe_table
              table_name=query:table
            append_insight
              insight
            """#)

    /// @modelcontextprotocol/server-postgres: one statement, which the server runs in a read-only transaction. Earlier
    /// releases could be led out of it, so that it counts for what it says.
    static let postgres = BuiltInMap(
        table: #"""
            query
              sql=query+mutate:sql
            """#)

    /// @modelcontextprotocol/server-memory: a graph of its own.
    static let memory = BuiltInMap(
        table: #"""
            create_entities
              entities=any
            create_relations delete_relations
              relations=any
            add_observations
              observations=any
            delete_entities
              entityNames=any
            delete_observations
              deletions=any
            read_graph
            search_nodes
              query
            open_nodes
              names=any
            """#)

    /// @modelcontextprotocol/server-sequential-thinking.
    static let sequentialThinking = BuiltInMap(
        table: #"""
            sequentialthinking
              thought nextThoughtNeeded=any thoughtNumber=num totalThoughts=num isRevision=any? revisesThought=num?
              branchFromThought=num? branchId? needsMoreThoughts=any?
            """#)

    /// @modelcontextprotocol/server-everything: what tries a client out. `printEnv` and `get-env` show the environment,
    /// where secrets are.
    static let everything = BuiltInMap(
        table: #"""
            echo
              message
            add get-sum
              a=num b=num
            printEnv get-env
              @opaque arguments
            longRunningOperation trigger-long-running-operation
              duration=num? steps=num?
            sampleLLM trigger-sampling-request
              prompt maxTokens=num?
            getTinyImage get-tiny-image
            annotatedMessage get-annotated-message
              messageType includeImage=bool?
            getResourceReference get-resource-reference
              resourceId=num? resourceType?
            getResourceLinks get-resource-links
              count=num?
            structuredContent get-structured-content
              location
            gzip-file-as-resource
              name? data=connect:url outputType?
            """#)

    /// mcp-shell-server, 1.0 and 1.1. What the program reads may be code to it.
    static let shellServer = BuiltInMap(
        table: #"""
            shell_execute execute_command
              command=execute:words@directory stdin=!code? directory? timeout=int?
            """#)

    /// cli-mcp-server, 0.2.
    static let commandLineServer = BuiltInMap(
        table: #"""
            run_command
              command=execute:command
            show_security_rules
            """#)

    /// mcp-server-commands, 0.5 to 0.8.
    static let commandsServer = BuiltInMap(
        table: #"""
            run_command
              command=execute:command@workdir workdir? timeout_ms=num?
            run_script
              interpreter=execute:command@cwd script=!code cwd?
            run_process
              mode? command_line=execute:command@cwd? argv=execute:argv@cwd? cwd? stdin=!code? stdin_text=!code?
              timeout_ms=num?
              @one command_line argv
              @opaque code mode=shell command_line=
            """#)
}
