// Certificates for TLS tests, made afresh with OpenSSL in a directory that goes with the object.
#pragma once

#include <filesystem>
#include <string>

namespace sluice::test {

enum class KeyKind { Rsa, Ec };

class Certificates {
public:
    Certificates();
    ~Certificates();
    Certificates(const Certificates&) = delete;
    Certificates& operator=(const Certificates&) = delete;

    struct Pair {
        std::string certificate;
        std::string key;
    };
    // Signed by the CA of this object; names "localhost" and 127.0.0.1 unless dns_name says
    // otherwise.
    Pair issue(KeyKind kind,
               const std::string& common_name,
               const std::string& dns_name = "localhost");
    std::string ca_file() const { return (directory_ / "ca.pem").string(); }
    std::string write(const std::string& name, const std::string& text);

private:
    struct Signer;
    std::filesystem::path directory_;
    Signer* signer_;
    int serial_ = 1;
};

}  // namespace sluice::test
