import Foundation
import Testing

@testable import PoiseClient

struct FileSystemStateTests {
    private static let mounts = """
        22 1 0:21 / / rw - overlay overlay rw
        23 22 0:22 / /proc rw shared:1 - proc proc rw
        40 22 0:40 / /home rw master:3 - nfs4 server:/export rw
        41 40 8:1 / /home/ada/scratch rw - ext4 /dev/sda1 rw
        42 22 0:42 / /mnt/my\\040disk rw - cifs //host/share rw
        43 22 0:43 / /mnt/far rw - fuse.sshfs host:/ rw
        """

    @Test(arguments: [
        ("/", "overlay"), ("/home/ada", "nfs4"), ("/home/ada/scratch", "ext4"), ("/home/ada/scratch/x", "ext4"),
        ("/home/ada/scratchy", "nfs4"), ("/homes", "overlay"), ("/mnt/my disk/a", "cifs"), ("/mnt/far", "fuse.sshfs"),
    ])
    func `a path is on the longest mount that leads to it`(path: String, kind: String) {
        #expect(FileSystemState.kind(of: path, mounts: Self.mounts) == kind)
    }

    @Test func `damaged lines are passed over`() {
        #expect(FileSystemState.kind(of: "/a", mounts: "\n1 2\n- - - - - -\n1 2 3 / / rw -") == nil)
    }

    @Test(arguments: [("nfs", true), ("cifs", true), ("fuse.sshfs", true), ("ext4", false), ("overlay", false)])
    func `what machines share is told from a disk`(kind: String, isNetwork: Bool) {
        let state = FileSystemState(folder: "/", free: nil, isWritable: true, kind: kind)
        #expect(state.isNetwork == isNetwork)
    }

    @Test func `a folder that is not there yet is looked at by the one that will hold it`() {
        let temporary = FileManager.default.temporaryDirectory.appendingPathComponent("poise-\(UUID())/a/b").path
        let state = FileSystemState.of(folder: temporary)
        #expect(temporary.hasPrefix(state.folder) || state.folder.hasSuffix("tmp"))
        #expect(state.isWritable && (state.free ?? 0) > 0)
    }
}
