// Throw-away keys and certificates, made with the openssl command.
#pragma once

#include <string>

namespace sluice::system_test {

struct Certificates {
    std::string ca_certificate;
    std::string server_certificate;  // for localhost and 127.0.0.1
    std::string server_key;
    std::string client_certificate;  // CN=client-one
    std::string client_key;
};

// key: "rsa" or "ec". Files go to `dir`.
Certificates make_certificates(const std::string& dir, const std::string& key);

}  // namespace sluice::system_test
