// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// The canonical tools that APort's names stand for (`APortNames`). A parameter has the spellings of the agents whose
    /// tools these are, and exactly one of them is there. Where APort's packs leave open what a call touches the tool has
    /// no map here, and its arguments are opaque.
    static let aport = BuiltInMap(
        table: #"""
            exec.run
              command=execute:command~args@cwd,workdir? cmd=execute:command~args@cwd,workdir? args/-? cwd? workdir? description? timeout=num?
              run_in_background=bool?
              @one command cmd
            file.read
              path=read:path? file_path=read:path? filePath=read:path? target_file=read:path? absolute_path=read:path?
              offset=num? limit=num? pages? view_range=any?
              @one path file_path filePath target_file absolute_path
            file.write
              path=write:path? file_path=write:path? filePath=write:path? target_file=write:path? content? contents?
              file_text?
              @one path file_path filePath target_file
            file.edit
              path=read+write:path? file_path=read+write:path? filePath=read+write:path? target_file=read+write:path?
              old_string? new_string? old_str? new_str? oldString? newString? oldText? newText? replace_all=bool?
              replaceAll=bool? edits=any? instructions? code_edit?
              @one path file_path filePath target_file
            file.delete
              path=delete:path? file_path=delete:path? filePath=delete:path? target_file=delete:path? explanation?
              @one path file_path filePath target_file
            file.search
              path=read:tree?=. dir_path=read:tree? target_directory=read:tree?
              pattern? include=read:files@path,dir_path,target_directory?
              glob=read:files@path,dir_path,target_directory? query? regex?
              output_mode? type? case_sensitive=bool? -i=bool? -n=bool? -A=num? -B=num? -C=num? head_limit=num?
              multiline=bool? ignore=any?
            file.glob
              path=read:tree?=. dir_path=read:tree? target_directory=read:tree?
              pattern=read:glob@path,dir_path,target_directory? glob=read:glob@path,dir_path,target_directory?
              case_sensitive=bool? ignore=any?
              @one pattern glob
            web.fetch
              url=connect:url method? prompt? format? timeout=num?
            web.search
              query? search_term? allowed_domains=any? blocked_domains=any? count=num? explanation?
              @one query search_term
            web.browser
              action url=connect:url
            message.send
              to=send:recipient? channel_id=send:recipient? cc/-=send:recipient? bcc/-=send:recipient? subject? message?
              message_type?
              @one to channel_id
            git.create_pr
              repo? repository? branch base? action? title? body?
              @one repo repository
            git.merge
              repo? repository? branch base? action?
              @one repo repository
            git.push
              repo? repository? branch action?
              @one repo repository
            mcp.tool
              server=connect:url tool parameters=!arguments?
              @opaque arguments
            data.export
              export_type=query:table format filters=any
            payment.charge
              amount=int currency merchant_id=spend:account region items=any idempotency_key
            payment.refund
              order_id customer_id=spend:account amount=int currency region reason_code idempotency_key
            payment.payout
              amount=int currency destination_type destination_id=spend:account payout_method idempotency_key
            transaction.execute
              transaction_type amount=int currency asset_class source_account_id=spend:account
              destination_account_id=spend:account
            """#)
}
