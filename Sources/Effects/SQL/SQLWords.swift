// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// SQL's words by what they are to the reader.
enum SQLWords {
    /// Words that begin a part of a query, and so end the expression before.
    static let clauses = words(
        """
        from into where group having window order limit offset fetch for union intersect except minus returning
        """)
    static let setOperators = words("union intersect except minus")
    static let joins = words("join inner left right full cross natural straight_join outer")
    static let afterJoin = words("join outer inner left right full cross apply semi anti")
    static let queries = words("select with values")
    /// Words that only begin or change statements; within an expression they are another statement's, which T-SQL
    /// allows without a separator.
    static let statements = words(
        """
        alter attach backup begin bulk call checkpoint commit create dbcc deallocate declare delete deny detach drop
        dumpfile exec execute grant infile insert kill merge outfile pragma print raiserror reconfigure restore
        revert revoke rollback set shutdown throw truncate update use waitfor while
        """)
    /// Words that can be neither a table nor an alias.
    static let reserved =
        clauses.union(joins).union(queries).union(statements).union(
            words(
                """
                all and any as asc between by case check collate column constraint desc distinct else end exists foreign
                go goto if in is like not null on or output pivot primary procedure references return select set some
                table then to union unique unpivot using when
                """)
        ).subtracting(words("outer begin print kill bulk throw restore backup revert checkpoint any column go"))
    /// Statement words that T-SQL would take for the next statement where others see an alias.
    static let notAliases = words("begin print kill bulk throw restore backup revert checkpoint any column go")

    /// Words that may stand before a bracket and call nothing.
    static let beforeBracket = words(
        """
        all and any array as asc between by case check collate cube default desc distinct else end escape except exists
        filter group having ilike in interval is key keep like limit not null on or order over partition
        primary range references regexp rlike rollup row rows select separator sets similar some then top
        unique using values when where with within xor glob match div mod union intersect minus offset select
        """)
    /// Functions in whose brackets `FROM` or `FOR` separates operands.
    static let withFrom = words("extract trim substring substr overlay position date_part")

    /// Functions that only compute, read the clock, or tell about the session.
    static let functions = words(
        """
        abs acos acosh add_months age aggregate any_value approx_count_distinct approx_percentile array_agg array_append
        array_cat array_contains array_dims array_fill array_length array_lower array_ndims array_position
        array_positions array_prepend array_remove array_replace array_slice array_to_json array_to_string array_upper
        ascii asin asinh atan atan2 atanh atn2 avg
        bigint bin binary bit bit_and bit_count bit_length bit_or bit_xor blob bool bool_and bool_or boolean
        btrim byte_length cardinality cast cbrt ceil ceiling changes char char_length character character_length charindex choose
        chr clob coalesce coercibility concat concat_ws connection_id conv convert convert_tz corr cos cosh cot count
        count_big count_if covar_pop covar_samp crc32 cume_dist curdate current_database current_date current_schema
        current_schemas current_setting current_time current_timestamp current_user curtime
        database date date_add date_diff date_format date_from_parts date_part date_sub date_trunc dateadd datediff datefromparts
        datename datepart datetime datetime2 datetimeoffset datetrunc day dayname dayofmonth dayofweek dayofyear dec decimal decode
        degrees dense_rank difference div double
        elt encode endswith enum eomonth every exp export_set extract extractvalue
        field find_in_set first first_value float float4 float8 floor format format_type found_rows from_base64 from_days
        from_unixtime gcd gen_random_uuid generate_series generate_subscripts getdate getutcdate get_byte get_bit
        greatest group_concat grouping
        has_table_privilege hex highlight hour ieee754 if ifnull iif ilike inet6_aton inet6_ntoa inet_aton inet_ntoa
        initcap insert instr int int2 int4 int8 integer interval isdate isfinite isjson isnull isnumeric is_ipv4 is_ipv6
        json json_agg json_array json_array_elements json_array_elements_text json_array_length json_arrayagg
        json_build_array json_build_object json_contains json_contains_path json_depth json_each json_each_text
        json_error_position json_exists json_extract json_extract_path json_extract_path_text json_group_array
        json_group_object json_insert json_keys json_length json_merge json_merge_patch json_merge_preserve json_modify json_object
        json_object_agg json_object_keys json_objectagg json_overlaps json_patch json_populate_record json_pretty
        json_query json_quote json_remove json_replace json_search json_set json_strip_nulls json_table json_to_record
        json_to_recordset json_tree json_type json_typeof json_unquote json_valid json_value jsonb jsonb_agg
        jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object
        jsonb_each jsonb_each_text jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object_agg
        jsonb_object_keys jsonb_path_exists jsonb_path_match jsonb_path_query jsonb_path_query_array
        jsonb_path_query_first jsonb_pretty jsonb_set jsonb_strip_nulls jsonb_to_record jsonb_to_recordset jsonb_typeof
        julianday justify_days justify_hours justify_interval
        lag last last_day last_insert_id last_insert_rowid last_value lcase lcm lead least left len length likelihood
        likely listagg ln localtime localtimestamp locate log log10 log2 lower lpad ltrim
        make_date make_interval make_set make_time make_timestamp make_timestamptz makedate maketime max md5 median
        mediumtext microsecond mid min minute mod mode month monthname months_between nchar newid next_day now nth_value ntile
        nullif num_nonnulls num_nulls number numeric nvarchar nvarchar2 nvl nvl2 obj_description object_id object_name
        oct octet_length octet_length ord overlay
        parsename patindex percent_rank percentile_cont percentile_disc period_add period_diff pg_backend_pid
        pg_column_size pg_database_size pg_encoding_to_char pg_get_constraintdef pg_get_expr pg_get_functiondef
        pg_get_indexdef pg_get_userbyid pg_get_viewdef pg_indexes_size pg_is_in_recovery pg_postmaster_start_time
        pg_relation_size pg_size_pretty pg_table_is_visible pg_table_size pg_total_relation_size pg_typeof pi position
        pow power printf quarter quote quote_ident quote_literal quote_nullable quotename
        radians rand random randomblob rank real regexp_count regexp_instr regexp_like regexp_match regexp_matches
        regexp_replace regexp_split_to_array regexp_split_to_table regexp_substr regr_slope repeat replace replicate
        reverse right round row_count row_number row_to_json rowcount rpad rtrim
        schema scope_identity sec_to_time second session_user sha sha1 sha2 sha224 sha256 sha384 sha512 shobj_description
        sign sin sinh smallint snippet soundex space split_part sqlite_compileoption_used sqlite_source_id
        sqlite_version sqrt square starts_with stddev stddev_pop stddev_samp stdev stdevp str str_to_date strcmp
        strftime string_agg string_split string_to_array string_to_table strpos stuff subdate adddate substr substring substring_index
        subtime addtime sum sysdate sysdatetime system_user
        tan tanh text time time_format time_to_sec timediff timestamp timestampadd timestampdiff timestamptz timezone tinyint
        tinytext to_base64 to_char to_date to_days to_hex to_json to_jsonb to_number to_seconds to_timestamp to_tsquery
        to_tsvector plainto_tsquery phraseto_tsquery websearch_to_tsquery ts_headline ts_rank ts_rank_cd
        total total_changes transaction_timestamp statement_timestamp clock_timestamp translate trim trunc truncate_number
        try_cast try_convert typeof
        ucase unhex unicode unistr unix_timestamp unixepoch unlikely unnest upper user utc_date utc_time utc_timestamp uuid
        uuid_generate_v4 uuid_short uuidv7 validate_password_strength var_pop var_samp varbinary varchar varchar2 variance varying
        version week weekday weekofyear width_bucket year yearweek zeroblob bm25 offsets rowid rank sum_distinct
        regclass setseed erf group_replication_applier isempty lower_inf upper_inf similarity word_similarity levenshtein
        st_distance st_contains st_within st_x st_y st_astext st_geomfromtext st_makepoint st_setsrid st_intersects
        """)
    /// Functions that read or write the file that their first operand names.
    static let fileReaders = words(
        "load_file pg_read_file pg_read_binary_file pg_ls_dir readfile pg_stat_file lo_import fsdir lsdir")
    static let fileWriters = words("writefile")

    /// Settings of a session that change neither who asks nor what names and texts mean.
    static let settings = words(
        """
        autocommit names charset client_encoding time timezone time_zone statement_timeout lock_timeout datestyle
        foreign_key_checks unique_checks sql_safe_updates sql_log_off wait_timeout lc_monetary work_mem
        application_name idle_in_transaction_session_timeout nocount xact_abort ansi_nulls arithabort rowcount
        dateformat datefirst language interactive_timeout max_execution_time group_concat_max_len client_min_messages
        extra_float_digits intervalstyle bytea_output transaction_isolation constraints transaction enable_seqscan
        enable_indexscan enable_hashjoin random_page_cost jit
        """)
    /// `SHOW` of these tells about the server.
    static let shown = words(
        """
        tables databases schemas status variables warnings errors engines plugins processlist grants collation charset
        character events triggers binary master slave replica storage privileges profiles all session global full
        extended open table
        """)
    static let pragmas = words(
        """
        application_id collation_list compile_options database_list encoding foreign_key_check foreign_key_list
        foreign_keys freelist_count function_list index_info index_list index_xinfo integrity_check journal_mode
        module_list page_count page_size pragma_list quick_check schema_version stats synchronous table_info table_list
        table_xinfo user_version busy_timeout cache_size case_sensitive_like query_only auto_vacuum data_version
        """)
    /// Pragmas whose operand is a table.
    static let tablePragmas = words("foreign_key_check foreign_key_list index_list table_info table_xinfo")
    /// Pragmas that may be given a value; others change the file, or what can be done to it.
    static let settablePragmas = words("foreign_keys busy_timeout cache_size case_sensitive_like query_only")
}
