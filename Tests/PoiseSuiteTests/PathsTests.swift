import Testing

@testable import PoiseSuite

struct PathsTests {
    @Test(arguments: [
        ("a/b/../c", "a/c"), ("./a", "a"), ("a//b/", "a/b"), ("../a", "../a"), ("a/../../b", "../b"), ("/../a", "/a"),
        ("/a/./b/..", "/a"), ("", "."), ("a/..", "."), ("/", "/"),
    ])
    func `a path is shortened without the disk`(path: String, expected: String) {
        #expect(Paths.normalised(path) == expected)
    }

    @Test(arguments: [
        ("b.yaml", "Suites/a.yaml", "Suites/b.yaml"), ("../b.yaml", "Suites/a.yaml", "b.yaml"),
        ("../b.yaml", "a.yaml", "../b.yaml"), ("/x/b.yaml", "Suites/a.yaml", "/x/b.yaml"),
        ("b.yaml", "/a.yaml", "/b.yaml"), ("~/b.yaml", "a.yaml", "~/b.yaml"),
    ])
    func `a path is relative to the file that names it`(path: String, file: String, expected: String) {
        #expect(Paths.resolved(path, against: file) == expected)
    }

    @Test(arguments: [
        ("/a/b/c.yaml", "/a/b", "c.yaml"), ("/a/c.yaml", "/a/b", "../c.yaml"), ("/x/y", "/a/b", "../../x/y"),
        ("/ab/c", "/a", "../ab/c"),
    ])
    func `a file is reached from a folder`(path: String, folder: String, expected: String) {
        #expect(Paths.relative(path, from: folder) == expected)
    }

    @Test func `a stem is a name without its ending`() {
        #expect(Paths.stem(of: "a/b.c.yaml") == "b.c")
        #expect(Paths.stem(of: ".hidden") == ".hidden")
        #expect(Paths.stem(of: "plain") == "plain")
    }
}
