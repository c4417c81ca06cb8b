import Testing

@testable import PoiseCore

struct ChildEnvironmentTests {
    @Test(arguments: [
        "PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES", "GGML_METAL_PATH",
        "OMP_NUM_THREADS",
        "TMPDIR", "POISE_PYTHON", "PYTHONPATH",
    ])
    func `what a program needs to run is handed on`(name: String) {
        #expect(ChildEnvironment.handed(on: [name: "x"]) == [name: "x"])
    }

    @Test(arguments: [
        "OPENAI_API_KEY", "EXAMPLE", "HF_TOKEN", "AWS_SECRET_ACCESS_KEY", "LLAMA_API_KEY", "POISE_CANARY_KEY",
        "SSH_AUTH_SOCK",
        "http_proxy", "HTTPS_PROXY", "GITHUB_TOKEN", "PGPASSWORD", "DATABASE_URL", "POISE_TEST_KEY", "CUDA_PASSWORD",
        "LLAMA_API_TOKEN", "POISE_CANARY_HEADER", "path", "LLAMA_KEY_2",
    ])
    func `keys, and what nobody needs, are not`(name: String) {
        #expect(ChildEnvironment.handed(on: [name: "x"]).isEmpty)
    }
}
