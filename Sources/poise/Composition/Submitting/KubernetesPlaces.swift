import Foundation

/// Where pods find the plan and leave its shards: in a volume that all of them see.
struct KubernetesPlaces: Hashable {
    /// Where the volume is in a pod.
    let mount: String
    let plan: String
    let shards: String
    let output: String

    /// - Parameters:
    ///   - plan: here; the volume holds it under its own name, or under the same path where that is in the volume.
    ///   - shards: in the volume where it is relative; beside the plan where nil.
    ///   - output: the same.
    init(plan: String, shards: String?, output: String?, mount: String) {
        let root = mount == "/" ? "" : mount.hasSuffix("/") ? String(mount.dropLast()) : mount
        let inside = { (path: String) in path.hasPrefix("/") ? path : "\(root)/\(path)" }
        self.mount = mount
        let absolute = URL(fileURLWithPath: plan).standardizedFileURL
        self.plan = absolute.path.hasPrefix(root + "/") ? absolute.path : "\(root)/\(absolute.lastPathComponent)"
        self.shards = shards.map(inside) ?? PlanMaking.folder(besides: self.plan)
        self.output = output.map(inside) ?? SubmitPlaces.database(besides: self.plan)
    }

    /// Whether pods see a path through the volume.
    func holds(_ path: String) -> Bool {
        path.hasPrefix(mount.hasSuffix("/") ? mount : mount + "/")
    }
}
