import PoiseStore

extension RunStore {
    /// Opens a database as every command does: what takes long, and what is done to the file, is said on standard error.
    init(path: String, creating: Bool) throws {
        try self.init(path: path, creating: creating) { Console.say($0) }
    }
}
