// swift-tools-version: 6.2
import PackageDescription

/// CI sets POISE_STRICT, so that a warning fails the build there and nowhere else.
let strict: [SwiftSetting] = Context.environment["POISE_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]

let settings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + strict

/// A stage of the pipeline: it knows the vocabulary and not its neighbours.
func stage(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: ["PoiseCore"] + dependencies, resources: resources, swiftSettings: settings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.byName(name: name)] + dependencies,
        exclude: exclude,
        swiftSettings: settings
    )
}

/// `make fuzz` sets POISE_LIBFUZZER: then the readers under test are built into a fuzzer, and otherwise into a test.
let isFuzzing = Context.environment["POISE_LIBFUZZER"] != nil

/// Readers of bytes from outside, with what must hold of every input.
func fuzzing(_ dependencies: [Target.Dependency]) -> Target {
    let others = ["Corpus", "Dictionaries", "README.md", "fuzz.py", "leaks.txt"]
    return isFuzzing
        ? .executableTarget(
            name: "fuzz", dependencies: dependencies, path: "Tests/Fuzz", exclude: others + ["Regression"],
            swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])])
        : .testTarget(
            name: "FuzzTests", dependencies: dependencies, path: "Tests/Fuzz", exclude: others + ["Driver"],
            swiftSettings: settings)
}

let package = Package(
    name: "poise",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "poise", targets: ["poise"])],
    dependencies: [
        // The command line
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        // Files that people write
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
        // The database
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.0.0"),
        // The result page
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.0.0"),
        // The page while a run goes on, on loopback
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]
        ),
        .systemLibrary(
            name: "COpenSSL",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl"])]
        ),
        // epoll and its kin, which Swift's own modules leave out
        .systemLibrary(name: "CPoll"),
        // What a child must not inherit
        .systemLibrary(name: "CSpawn"),
        .target(name: "PoiseCore", dependencies: ["COpenSSL"], swiftSettings: settings),
        stage("PoiseSuite", ["Yams"]),
        stage("PoiseImport"),
        stage("PoiseClient", ["CCurl", "CPoll"], resources: [.embedInCode("Engine/Script")]),
        stage("PoiseRunner"),
        stage("PoiseGrading", ["CSpawn"], resources: [.embedInCode("Sandbox/Script")]),
        stage("PoiseStatistics"),
        stage("PoiseStore", [.product(name: "GRDB", package: "GRDB.swift")]),
        stage(
            "PoiseReport",
            [.product(name: "Mustache", package: "swift-mustache")],
            resources: [.embedInCode("Page")]
        ),
        stage("PoiseSimulator", ["CPoll"]),
        .executableTarget(
            name: "poise",
            dependencies: [
                "PoiseCore", "PoiseSuite", "PoiseClient", "PoiseRunner", "PoiseGrading", "PoiseStatistics",
                "PoiseStore", "PoiseReport", "PoiseSimulator", "PoiseImport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "FlyingSocks", package: "FlyingFox"),
            ],
            swiftSettings: settings
        ),
        // What `make conformance` asks of the statistics; nobody installs it
        .executableTarget(
            name: "statistics-probe",
            dependencies: ["PoiseCore", "PoiseStatistics"],
            path: "Tests/Conformance/Probe",
            swiftSettings: settings
        ),
        fuzzing(["PoiseCore", "PoiseSuite", "PoiseClient", "PoiseGrading", "PoiseSimulator", "PoiseImport"]),
        tests(of: "PoiseCore"),
        tests(of: "PoiseSuite", ["PoiseGrading"]),
        tests(of: "PoiseImport", ["PoiseSuite", "PoiseGrading"], exclude: ["Fixtures"]),
        tests(of: "PoiseClient", ["PoiseSimulator"], exclude: ["Fixtures"]),
        tests(of: "PoiseRunner"),
        tests(of: "PoiseGrading"),
        tests(of: "PoiseStatistics"),
        tests(of: "PoiseStore", [.product(name: "GRDB", package: "GRDB.swift")]),
        tests(of: "PoiseReport"),
        tests(of: "PoiseSimulator"),
        tests(
            of: "poise",
            [
                "PoiseCore", "PoiseClient", "PoiseImport", "PoiseRunner", "PoiseSimulator", "PoiseStore", "PoiseSuite",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["Browser/Rules"]
        ),
    ]
)
