#pragma once
// Digests of model files, which may hold 40 GB: OpenSSL uses the processor's SHA instructions and is there wherever
// libcurl is; swift-crypto would add a minute to a first build on two cores.
#include <openssl/evp.h>
