// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// The demonstration's policies: read only, business hours, `/reports` only, and no exports at night.
enum DemoPolicy {
    static let files = [PolicyFile(name: "demo.cedar", bytes: Array(text.utf8))]

    static let text = #"""
        @id("demo-1-exports")
        @reason("data export pattern detected outside authorized hours")
        forbid (principal, action == Action::"connect", resource is URL)
        when { resource.path like "*/export*" }
        unless { context.local.weekday <= 5 && context.local.hour >= 9 && context.local.hour < 18 };

        @id("demo-2-reports-only")
        @reason("only documents under /reports may be read")
        forbid (principal, action == Action::"read", resource)
        unless { resource in Directory::"/reports" };

        @id("demo-3-business-hours")
        @reason("documents are read in business hours")
        forbid (principal, action in Action::"docs", resource)
        unless { context.local.weekday <= 5 && context.local.hour >= 9 && context.local.hour < 18 };

        @id("demo-4-read")
        @reason("reading reports")
        permit (principal, action == Action::"docs/read_document", resource);

        @id("demo-5-reports")
        permit (principal, action == Action::"read", resource in Directory::"/reports");

        """#
}
