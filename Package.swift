// swift-tools-version: 6.2

import PackageDescription

/// One set of flags everywhere: Swift 6 language mode, warnings are errors.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "writ",
    targets: [
        .target(name: "StrictJSON", swiftSettings: settings),
        .target(name: "WireTypes", swiftSettings: settings),
        .target(name: "Decisions", dependencies: ["StrictJSON", "WireTypes"], swiftSettings: settings),
        .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON"], swiftSettings: settings),
        .testTarget(name: "WireTypesTests", dependencies: ["WireTypes"], swiftSettings: settings),
        .testTarget(name: "LayerTests", swiftSettings: settings),
    ]
)
