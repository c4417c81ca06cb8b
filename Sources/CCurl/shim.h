#pragma once
// libcurl's setters and getters are variadic, which Swift cannot call: one typed function for each kind of argument.
#include <curl/curl.h>

static inline CURLcode poise_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode poise_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode poise_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode poise_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode poise_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

// The names came with libcurl 7.85; before it there are only bits, which are deprecated since.
static inline CURLcode poise_allow_only_http(CURL *easy) {
#if LIBCURL_VERSION_NUM >= 0x075500
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

// A look-up of a name is not waited for when its request is given up; before libcurl 7.87 it is.
static inline CURLcode poise_leave_resolver(CURL *easy) {
#if LIBCURL_VERSION_NUM >= 0x075700
    return curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#else
    return CURLE_OK;
#endif
}

typedef size_t (*poise_data_callback)(char *bytes, size_t size, size_t count, void *context);
typedef int (*poise_ready_callback)(void *context, char *peer, char *local, int peer_port, int local_port);

static inline CURLcode poise_set_data_callback(CURL *easy, CURLoption option, poise_data_callback callback) {
    return curl_easy_setopt(easy, option, callback);
}

static inline CURLcode poise_set_ready_callback(CURL *easy, poise_ready_callback callback) {
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, callback);
}

static inline CURLcode poise_set_socket_opened_callback(CURL *easy, curl_sockopt_callback callback) {
    return curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, callback);
}

static inline CURLcode poise_set_socket_closed_callback(CURL *easy, curl_closesocket_callback callback) {
    return curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, callback);
}

static inline CURLMcode poise_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLMcode poise_multi_set_pointer(CURLM *multi, CURLMoption option, void *value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLMcode poise_multi_set_socket_callback(CURLM *multi, curl_socket_callback callback) {
    return curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, callback);
}

static inline CURLMcode poise_multi_set_timer_callback(CURLM *multi, curl_multi_timer_callback callback) {
    return curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, callback);
}

static inline CURLcode poise_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode poise_get_time(CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode poise_get_pointer(CURL *easy, CURLINFO info, void **value) {
    return curl_easy_getinfo(easy, info, value);
}

// Its argument is a macro that is not imported.
static inline const curl_version_info_data *poise_version_info(void) {
    return curl_version_info(CURLVERSION_NOW);
}

// The result of a finished transfer; the union inside CURLMsg is not imported.
static inline CURLcode poise_result(const CURLMsg *message) {
    return message->data.result;
}

// Macros with casts are not imported.
static const long poise_global_all = CURL_GLOBAL_ALL;
