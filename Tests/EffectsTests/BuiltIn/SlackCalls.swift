// SPDX-License-Identifier: Apache-2.0

extension MappedCall {
    /// A plain call of Slack's servers each, by map: with what a call must have.
    static let slackCalls: [MappedCall] =
        rows(
            "mcp-server-slack",
            #"""
            slack_list_channels {} = connect https://slack.com/api/conversations.list
            slack_post_message {"channel_id":"C0123","text":"x"} = send C0123
            slack_reply_to_thread {"channel_id":"C0123","thread_ts":"x","text":"x"} = send C0123
            slack_add_reaction {"channel_id":"C0123","timestamp":"x","reaction":"x"} = send C0123
            slack_get_channel_history {"channel_id":"C0123"} = connect https://slack.com/api/conversations.history?channel=C0123
            slack_get_thread_replies {"channel_id":"C0123","thread_ts":"x"} = connect https://slack.com/api/conversations.replies?channel=C0123
            slack_get_users {} = connect https://slack.com/api/users.list
            slack_get_user_profile {"user_id":"U1"} = connect https://slack.com/api/users.profile.get?user=U1
            """#)
        + rows(
            "slack-mcp-server",
            #"""
            channels_list {} = connect https://slack.com/api/conversations.list
            channels_me {} = connect https://slack.com/api/conversations.list
            conversations_history {"channel_id":"C0123"} = connect https://slack.com/api/conversations.history?channel=C0123
            conversations_replies {"channel_id":"C0123","thread_ts":"x"} = connect https://slack.com/api/conversations.replies?channel=C0123
            conversations_add_message {"channel_id":"C0123","text":"x"} = send C0123
            conversations_search_messages {} = connect https://slack.com/api/search.messages
            conversations_unreads {} = connect https://slack.com/api/conversations.list
            conversations_mark {"channel_id":"C0123"} = connect https://slack.com/api/conversations.mark?channel=C0123
            reactions_add {"channel_id":"C0123","timestamp":"x","emoji":"x"} = send C0123
            reactions_remove {"channel_id":"C0123","timestamp":"x","emoji":"x"} = send C0123
            attachment_get_data {"file_id":"F1"} = connect https://slack.com/api/files.info?file=F1
            users_search {"query":"x"} = connect https://slack.com/api/users.list
            usergroups_list {} = connect https://slack.com/api/usergroups.list
            """#)
        + rows(
            "mcp.slack.com",
            #"""
            slack_send_message {"channel_id":"C0123","message":"x"} = send C0123
            slack_send_message_draft {"channel_id":"C0123","message":"x"} = send C0123
            slack_schedule_message {"channel_id":"C0123","message":"x","post_at":7} = send C0123
            slack_add_reaction {"channel_id":"C0123"} = send C0123
            slack_read_channel {"channel_id":"C0123"} = connect https://slack.com/api/conversations.history?channel=C0123
            slack_read_thread {"channel_id":"C0123","message_ts":"x"} = connect https://slack.com/api/conversations.replies?channel=C0123
            slack_search_public {"query":"x"} = connect https://slack.com/api/search.messages
            slack_search_public_and_private {"query":"x"} = connect https://slack.com/api/search.messages
            slack_search_channels {"query":"x"} = connect https://slack.com/api/conversations.list
            slack_search_users {"query":"x"} = connect https://slack.com/api/users.list
            slack_read_user_profile {} = connect https://slack.com/api/users.profile.get
            slack_read_canvas {"canvas_id":"F2"} = connect https://slack.com/api/files.info?file=F2
            slack_create_canvas {"title":"x","content":"x"} = connect https://slack.com/api/canvases.create
            """#)
}
