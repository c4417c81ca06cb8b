import PoiseCore

/// Texts with what is to be found in them, and texts in which nothing of a kind is.
enum RedactionExamples {
    /// The find in each text stands between ‹ and ›.
    static let found: [RedactedKind: [String]] = [
        .email: [
            "Write to ‹jane.doe@example.com›.", "‹a@b.de›, ‹c+tag@sub.example.co.uk›", "<‹info@müller.de›>",
            "mailto:‹x_1%y@host-name.org›?subject=a", "Contact: ‹JOHN@EXAMPLE.COM›",
            "(‹first.last@mail.example.museum›)",
            "联系‹wang@example.cn›谢谢", "“‹o-b@example.io›”", "a@b ‹c@d.org›", "‹x@y.example.com›…",
        ],
        .phone: [
            "Call ‹+49 30 123456›.", "‹+1 (212) 555-0147›", "tel:‹+442079460958›", "‹+33 1 42 68 53 00›",
            "‹(212) 555-0147› or ‹212-555-0148›", "‹1-212-555-0147›", "‹212.555.0147›", "‹030 1234567›",
            "‹0171/1234567›", "‹020 7946 0958›", "‹01 42 68 53 00›", "‹0049 30 1234567›", "Phone: ‹555-0199›",
            "phone number is ‹5550199›", "Tel. ‹4711 0815›", "Fax: ‹(0)30 123456›", "‹+48 123 456 789›",
            "‹0151 23456789›.", "WhatsApp ‹+55 11 91234-5678›", "‹+91-98765-43210›",
        ],
        .key: [
            "‹sk-proj-Ab12Cd34Ef56Gh78Ij90Kl12›", "key ‹sk-ant-api03-AAAA1111bbbb2222cccc›",
            "‹ghp_16C7e42F292c6912E7710c838347Ae178B4a›",
            "‹github_pat_11ABCDEFG0aBcDeFgHiJkL_mnop›", "id=‹AKIAIOSFODNN7EXAMPLE›", "‹xoxb-123456789012-abcdefGHIJKL›",
            "‹hf_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789›", "‹glpat-12345678901234567890›",
            "Authorization: Bearer ‹abcdef0123456789abcdef›", "bearer ‹ya29A0AfH6SMBx0123456789›",
            "‹eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U›",
            "‹-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAK\n-----END RSA PRIVATE KEY-----›\nafter",
            "‹-----BEGIN PRIVATE KEY-----\nMIIBVAIBADANBg›", "postgres://‹app:s3cret@›db".replacingLast(),
            "api_key = \"‹0123456789abcdefABCD›\"", "{\"access_token\": \"‹a1b2c3d4e5f6a7b8c9›\"}",
            "--api-key ‹k3y0k3y0k3y0k3y0›",
            "password: ‹hunter2!›", "DB_PASSWORD='‹tr0ub4dor&3›'", "‹AIzaSyA1234567890abcdefghijklmnopqrstuv›",
            "‹sk_live_4eC39HqLyjWDarjtT1zdp7dc›", "--token=‹abcdef1234567890XY›",
        ],
        .card: [
            "‹4111 1111 1111 1111›", "Visa ‹4012888888881881›.", "‹5555-5555-5555-4444›", "‹378282246310005›",
            "‹3782 822463 10005›", "‹6011111111111117›,", "(‹3530111333300000›)", "‹30569309025904›",
            "‹2223003122003222›",
        ],
        .iban: [
            "IBAN ‹DE89 3704 0044 0532 0130 00›", "‹GB29NWBK60161331926819›", "‹FR1420041010050500013M02606›.",
            "‹NL91ABNA0417164300›", "(‹CH93 0076 2011 6238 5295 7›)", "‹NO93 8601 1117 947›",
            "‹PL61109010140000071219812874›",
            "‹MT84MALT011000012345MTLCAST001S›",
        ],
        .ipAddress: [
            "from ‹192.168.0.17›:8080", "‹10.0.0.1›/24", "http://‹203.0.113.9›/x", "‹2001:db8::ff00:42:8329›",
            "[‹fe80::1ff:fe23:4567:890a›]", "‹2001:0db8:85a3:0000:0000:8a2e:0370:7334›.", "‹fe80::1›%eth0",
            "ip=‹172.16.254.1›",
            "host ‹8.8.4.40›", "::ffff:‹192.0.2.128›",
        ],
    ]

    /// Nothing is to be found in these, of any kind.
    static let clean: [String] = [
        // Sums, lists, dates, times
        "123 + 456 = 579", "17 × 24 − 19 =", "Sort: 13 19 33 59 63 99 93", "3.14159265358979", "12,345,678.90",
        "1 234 567 890", "123 456 7890", "2024-11-21 07:14:13", "01/02/2024 10:30", "01.02.2024", "10:30:45",
        "0930 1015 1130",
        "01 02 03 04 05", "The answer is 5551234567.", "x = +12345678", "1732233600000", "+1.234.567.890",
        "0.4111111111111111",
        "4111 1111 1111 1112", "1234567812345678", "1111 2222 3333 4444 5555", "9780306406157", "100-200-300",
        "1-2-3-4",
        "99.95% of 1,000,000", "5 / 3 / 2024", "007", "00:1A:2B:3C:4D:5E", "f(0, 12, 345678901)", "3-5 - 7-9",
        "2 000 000 000",
        // Versions, paths, addresses of nobody
        "version 10.15.7.2", "v1.2.3.4", "1.2.3", "Chapter 1.2.3.4", "127.0.0.1:8080", "0.0.0.0", "255.255.255.0",
        "::1", "::",
        "1.2.3.4.5", "300.1.2.3", "b6123", "std::vector<int>", "a[1::2]", "abc::def", "12:34", "Foo::Bar::baz",
        "add::0",
        "ratio 1:2:3", "C:/Users", "localhost:11434",
        // Code and handles
        "@app.route('/x')", "x@w.mean()", "npm install left-pad@1.3.0", "user@localhost", "A @ B.T", "a@b", "@",
        "foo@.com",
        "token = tokens[0]", "secret = get_secret_from_vault_2()", "password: required",
        "Password: at least 8 characters",
        "api_key = os.environ[\"API_KEY_1\"]", "--token $TOKEN_1234567890abcd", "sk-learn-is-a-library-for-python",
        "the bearer of bad news", "Bearer authentication-is-required", "-----BEGIN CERTIFICATE-----",
        "task-based-approach-to-1",
        "hf_hub_download", "ghp_short1", "AKIA", "eyJ", "https://example.com:8080/a@b", "http://user@host",
        "max_tokens: 4096",
        "550e8400-e29b-41d4-a716-446655440000",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "DE89 3704 0044 0532 0130 01", "GB29NWBK60161331926818", "AB12 3456 7890 1234 5678", "FR14 is a road",
        "ISBN 978-3-16-148410-0", "RFC 5321", "A4 210 × 297", "tiny-m@q4_0", "tiny-m@f16", "qwen2.5@q5_k_m", "",
    ]
}

extension String {
    /// Moves the mark of the end before the sign that is not a part of the find.
    fileprivate func replacingLast() -> String { replacing("@›", with: "›@") }
}
