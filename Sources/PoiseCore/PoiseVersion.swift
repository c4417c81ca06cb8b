/// The version of Poise, as `poise --version` prints it and every run stores it.
package let poiseVersion = "0.1.0"
