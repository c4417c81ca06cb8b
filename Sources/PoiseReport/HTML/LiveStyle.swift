extension PageStyle {
    /// The page of a run that goes on: the same, and what asks for newer ones.
    static let liveScript = function(scripts + [PackageResources.live_js])

    /// With the notice that says how far it is.
    static let livePage = page + text(PackageResources.live_css)
}
