#include "tests/system/certificates.hpp"

#include <fstream>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/system/gateway_process.hpp"

namespace sluice::system_test {
namespace {

void openssl(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "openssl");
    const Ran ran = run_program(arguments);
    INFO(ran.output);
    REQUIRE(ran.exit_code == 0);
}

void make_key(const std::string& path, const std::string& kind) {
    if (kind == "rsa") {
        openssl({"genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", path});
    } else {
        openssl(
            {"genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path});
    }
}

// A key with a certificate of our own authority.
void make_leaf(const std::string& dir,
               const std::string& name,
               const std::string& subject,
               const std::string& kind) {
    const std::string base = dir + "/" + name;
    make_key(base + ".key", kind);
    openssl(
        {"req", "-new", "-key", base + ".key", "-subj", "/CN=" + subject, "-out", base + ".csr"});
    std::ofstream(base + ".ext") << "subjectAltName=DNS:" << subject << ",IP:127.0.0.1\n";
    openssl({"x509", "-req", "-in", base + ".csr", "-CA", dir + "/ca.pem", "-CAkey",
             dir + "/ca.key", "-CAcreateserial", "-days", "2", "-extfile", base + ".ext", "-out",
             base + ".pem"});
}

}  // namespace

Certificates make_certificates(const std::string& dir, const std::string& key) {
    make_key(dir + "/ca.key", key);
    openssl({"req", "-x509", "-new", "-key", dir + "/ca.key", "-subj", "/CN=test authority",
             "-days", "2", "-out", dir + "/ca.pem"});
    make_leaf(dir, "server", "localhost", key);
    make_leaf(dir, "client", "client-one", key);
    return {dir + "/ca.pem", dir + "/server.pem", dir + "/server.key", dir + "/client.pem",
            dir + "/client.key"};
}

}  // namespace sluice::system_test
