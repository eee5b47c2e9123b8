// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// @modelcontextprotocol/server-slack. What is read connects to the method of Slack's API, with the channel or the
    /// user that it is read of; what is written is sent to the channel.
    static let slackReference = BuiltInMap(
        table: #"""
            slack_list_channels
              limit=num? cursor?
              @effect connect:url https://slack.com/api/conversations.list
            slack_post_message
              channel_id=send:recipient text
            slack_reply_to_thread
              channel_id=send:recipient thread_ts text
            slack_add_reaction
              channel_id=send:recipient timestamp reaction
            slack_get_channel_history
              channel_id limit=num?
              @effect connect:url https://slack.com/api/conversations.history?channel={/channel_id}
            slack_get_thread_replies
              channel_id thread_ts
              @effect connect:url https://slack.com/api/conversations.replies?channel={/channel_id}
            slack_get_users
              cursor? limit=num?
              @effect connect:url https://slack.com/api/users.list
            slack_get_user_profile
              user_id
              @effect connect:url https://slack.com/api/users.profile.get?user={/user_id}
            """#)

    /// korotovsky/slack-mcp-server, 1.1 and later. Channels are ids, or names such as `#general` and `@user`.
    static let slackCommunity = BuiltInMap(
        table: #"""
            channels_list
              channel_types? sort? limit=num? cursor? fields?
              @effect connect:url https://slack.com/api/conversations.list
            channels_me
              limit=num? cursor?
              @effect connect:url https://slack.com/api/conversations.list
            conversations_history
              channel_id include_activity_messages=bool? cursor? limit=any?
              @effect connect:url https://slack.com/api/conversations.history?channel={/channel_id}
            conversations_replies
              channel_id thread_ts include_activity_messages=bool? cursor? limit=any?
              @effect connect:url https://slack.com/api/conversations.replies?channel={/channel_id}
            conversations_add_message
              channel_id=send:recipient thread_ts? text? payload? content_type? blocks=any? unfurl_links=bool?
              @one text payload
            conversations_search_messages
              search_query? filter_in_channel? filter_in_im_or_mpim? filter_users_with? filter_users_from?
              filter_date_before? filter_date_after? filter_date_on? filter_date_during? filter_threads_only=bool? cursor?
              limit=num?
              @effect connect:url https://slack.com/api/search.messages
            conversations_unreads
              include_messages=bool? channel_types? max_channels=num? max_messages_per_channel=num? mentions_only=bool?
              @effect connect:url https://slack.com/api/conversations.list
            conversations_mark
              channel_id ts?
              @effect connect:url https://slack.com/api/conversations.mark?channel={/channel_id}
            reactions_add reactions_remove
              channel_id=send:recipient timestamp emoji
            attachment_get_data
              file_id
              @effect connect:url https://slack.com/api/files.info?file={/file_id}
            users_search
              query limit=num?
              @effect connect:url https://slack.com/api/users.list
            usergroups_list
              include_users=bool? include_count=bool? include_disabled=bool?
              @effect connect:url https://slack.com/api/usergroups.list
            """#)

    /// Slack's own server, at mcp.slack.com.
    static let slackOwn = BuiltInMap(
        table: #"""
            slack_send_message slack_send_message_draft
              channel_id=send:recipient message thread_ts? reply_broadcast=bool? draft_id?
            slack_schedule_message
              channel_id=send:recipient message post_at=num thread_ts? reply_broadcast=bool?
            slack_add_reaction
              channel_id=send:recipient timestamp? message_ts? emoji? name? reaction?
            slack_read_channel
              channel_id cursor? latest? oldest? limit=num? response_format?
              @effect connect:url https://slack.com/api/conversations.history?channel={/channel_id}
            slack_read_thread
              channel_id message_ts cursor? latest? oldest? limit=num? response_format?
              @effect connect:url https://slack.com/api/conversations.replies?channel={/channel_id}
            slack_search_public slack_search_public_and_private
              query content_types? context_channel_id? cursor? limit=num? after? before? include_bots=bool? sort? sort_dir?
              channel_types? include_context=bool? max_context_length=num? only_my_channels=bool? response_format?
              @effect connect:url https://slack.com/api/search.messages
            slack_search_channels
              query channel_types? cursor? limit=num? include_archived=bool? response_format?
              @effect connect:url https://slack.com/api/conversations.list
            slack_search_users
              query cursor? limit=num? response_format?
              @effect connect:url https://slack.com/api/users.list
            slack_read_user_profile
              user_id? include_locale=bool? response_format?
              @effect connect:url https://slack.com/api/users.profile.get
            slack_read_canvas
              canvas_id
              @effect connect:url https://slack.com/api/files.info?file={/canvas_id}
            slack_create_canvas
              title content
              @effect connect:url https://slack.com/api/canvases.create
            """#)
}
