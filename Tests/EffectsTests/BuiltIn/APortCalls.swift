// SPDX-License-Identifier: Apache-2.0

extension MappedCall {
    /// A plain call of the tools behind APort's names each, by map: with what a call must have.
    static let aportCalls: [MappedCall] =
        rows(
            "aport",
            #"""
            exec.run {"command":"true"} = execute true
            file.read {"path":"src/a.txt"} = read /p/src/a.txt
            file.write {"path":"src/a.txt"} = write /p/src/a.txt
            file.edit {"path":"src/a.txt"} = read /p/src/a.txt; write /p/src/a.txt
            file.delete {"path":"src/a.txt"} = delete /p/src/a.txt
            file.search {"path":"src"} = read /p/src
            file.glob {"pattern":"src/**/*.ts"} = read /p; read /p/src
            web.fetch {"url":"https://h.example/x"} = connect https://h.example/x
            web.search {"query":"x"} =
            web.browser {"action":"x","url":"https://h.example/x"} = connect https://h.example/x
            message.send {"to":"C0123"} = send C0123
            git.create_pr {"repo":"Widgets","branch":"x"} =
            git.merge {"repo":"Widgets","branch":"x"} =
            git.push {"repo":"Widgets","branch":"x"} =
            mcp.tool {"server":"https://h.example/x","tool":"x"} = connect https://h.example/x; opaque arguments
            data.export {"export_type":"users","format":"x","filters":["x"]} = query users
            payment.charge {"amount":7,"currency":"x","merchant_id":"acct_1","region":"x","items":["x"],"idempotency_key":"x"} = spend acct_1
            payment.refund {"order_id":"x","customer_id":"acct_1","amount":7,"currency":"x","region":"x","reason_code":"x","idempotency_key":"x"} = spend acct_1
            payment.payout {"amount":7,"currency":"x","destination_type":"x","destination_id":"acct_1","payout_method":"x","idempotency_key":"x"} = spend acct_1
            transaction.execute {"transaction_type":"x","amount":7,"currency":"x","asset_class":"x","source_account_id":"acct_1","destination_account_id":"acct_1"} = spend acct_1
            """#)
}
