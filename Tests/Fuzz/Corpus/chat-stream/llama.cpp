Adata: {"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}],"created":1795264938,"id":"chatcmpl-IFzWHw9ztLaRik3OBYlIyVJSL4FpjMcN","model":"tiny-m","system_fingerprint":"b0-unknown","object":"chat.completion.chunk"}

data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":"{"}}],"created":1795264938,"id":"chatcmpl-IFzWHw9ztLaRik3OBYlIyVJSL4FpjMcN","model":"tiny-m","system_fingerprint":"b0-unknown","object":"chat.completion.chunk"}

data: {"choices":[],"created":1795264938,"id":"chatcmpl-IFzWHw9ztLaRik3OBYlIyVJSL4FpjMcN","model":"tiny-m","system_fingerprint":"b0-unknown","object":"chat.completion.chunk","usage":{"completion_tokens":52,"prompt_tokens":60,"total_tokens":112,"prompt_tokens_details":{"cached_tokens":2}},"timings":{"cache_n":2,"prompt_n":58,"prompt_ms":26.737,"prompt_per_token_ms":0.4609827586206896,"prompt_per_second":2169.2785278827096,"predicted_n":52,"predicted_ms":52.867,"predicted_per_token_ms":1.036607843137255,"predicted_per_second":964.6849641553333}}

data: [DONE]

