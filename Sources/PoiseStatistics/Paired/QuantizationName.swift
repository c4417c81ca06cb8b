/// What a quantization's name says of its precision.
package enum QuantizationName {
    /// The bits of a weight, by the first number in the name: 16 of `bf16`, 4 of `q4_k_m`, `awq-int4` and `w4a16`, 2 of
    /// `iq2_xxs`; nil where there is none that bits can be.
    package static func bits(_ name: String) -> Double? {
        let digits = name.drop { !$0.isASCII || !$0.isNumber }.prefix { $0.isASCII && $0.isNumber }
        return Double(digits).flatMap { (1...64).contains($0) ? $0 : nil }
    }
}
