import Foundation

/// What a program that Poise starts gets to see of the environment: what it needs to run, and no keys.
package enum ChildEnvironment {
    /// Of an environment, what may be handed on.
    package static func handed(on environment: [String: String]) -> [String: String] {
        environment.filter { name, _ in isHanded(on: name) }
    }

    /// Whether programs that Poise starts see a variable: none that a suite may name for a key.
    package static func isHanded(on name: String) -> Bool { isNeeded(name) && !soundsSecret(name) }

    /// The same of this process.
    package static var current: [String: String] { handed(on: ProcessInfo.processInfo.environment) }

    /// Names that programs are started, found and localised by, and those by which engines find and drive their hardware.
    private static func isNeeded(_ name: String) -> Bool {
        names.contains(name) || beginnings.contains(where: name.hasPrefix)
    }

    private static let names: Set<String> = [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TZDIR", "TMPDIR", "TEMP", "TMP", "TERM",
        "COLUMNS", "NO_COLOR", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "XDG_DATA_DIRS", "XDG_CONFIG_HOME", "VIRTUAL_ENV",
        "NIX_LD", "NIX_LD_LIBRARY_PATH",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "SQLITE_TMPDIR", "LOCPATH", "POISE_PYTHON",
    ]

    private static let beginnings = [
        "LC_", "LD_", "DYLD_", "PYTHON", "SWIFT_", "MALLOC_", "GLIBC_", "ASAN_", "TSAN_", "UBSAN_", "LSAN_",
        "LLVM_",
        // Engines and what they compute with
        "GGML_", "LLAMA_", "CUDA_", "NVIDIA_", "HIP_", "ROCR_", "ROCM_", "HSA_", "GPU_", "AMD_", "RADV_", "CUBLAS_",
        "ONEAPI_", "SYCL_", "ZE_",
        "VK_",
        "MESA_", "MTL_", "METAL_", "OMP_", "GOMP_", "KMP_", "MKL_", "OPENBLAS_", "BLIS_", "OPENCL_",
    ]

    /// Whether a variable's name says that it holds a key, a token or a password.
    private static func soundsSecret(_ name: String) -> Bool {
        let words = name.uppercased().split { !$0.isLetter }.map(String.init)
        let secret: Set<String> = [
            "KEY", "KEYS", "APIKEY", "TOKEN", "TOKENS", "SECRET", "SECRETS", "PASSWORD", "PASSWD", "PASS", "PASSPHRASE",
            "PWD", "CREDENTIAL", "CREDENTIALS", "AUTH", "AUTHORIZATION", "COOKIE", "BEARER",
        ]
        return words.contains { secret.contains($0) }
    }
}
