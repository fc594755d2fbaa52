#include "tests/unit/transport/certificates.hpp"

#include <fstream>
#include <memory>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

namespace sluice::test {

namespace {

struct KeyFree {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct CertificateFree {
    void operator()(X509* certificate) const { X509_free(certificate); }
};
struct FileClose {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using Key = std::unique_ptr<EVP_PKEY, KeyFree>;
using Certificate = std::unique_ptr<X509, CertificateFree>;
using File = std::unique_ptr<std::FILE, FileClose>;

void must(bool done) {
    if (!done) {
        throw std::runtime_error("making a test certificate failed");
    }
}

Key make_key(KeyKind kind) {
    Key key(kind == KeyKind::Rsa ? EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048})
                                 : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    must(key != nullptr);
    return key;
}

void add_extension(X509* certificate, int nid, const std::string& value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
    must(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

Certificate make_certificate(EVP_PKEY* key, const std::string& common_name, int serial) {
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key);
    const auto* name = reinterpret_cast<const unsigned char*>(common_name.c_str());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC, name,
                               -1, -1, 0);
    return certificate;
}

void write_certificate(const std::string& path, X509* certificate) {
    const File file(std::fopen(path.c_str(), "w"));
    must(file && PEM_write_X509(file.get(), certificate) == 1);
}

void write_key(const std::string& path, EVP_PKEY* key) {
    const File file(std::fopen(path.c_str(), "w"));
    must(file && PEM_write_PrivateKey(file.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
}

}  // namespace

struct Certificates::Signer {
    Key key;
    Certificate certificate;
};

Certificates::Certificates() : signer_(new Signer{make_key(KeyKind::Ec), nullptr}) {
    std::string path = (std::filesystem::temp_directory_path() / "sluice-tls-XXXXXX").string();
    must(::mkdtemp(path.data()) != nullptr);
    directory_ = path;
    signer_->certificate = make_certificate(signer_->key.get(), "Test CA", serial_++);
    X509* ca = signer_->certificate.get();
    X509_set_issuer_name(ca, X509_get_subject_name(ca));
    add_extension(ca, NID_basic_constraints, "critical,CA:TRUE");
    must(X509_sign(ca, signer_->key.get(), EVP_sha256()) > 0);
    write_certificate(ca_file(), ca);
}

Certificates::~Certificates() {
    delete signer_;
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

Certificates::Pair Certificates::issue(KeyKind kind,
                                       const std::string& common_name,
                                       const std::string& dns_name) {
    const Key key = make_key(kind);
    const Certificate certificate = make_certificate(key.get(), common_name, serial_);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer_->certificate.get()));
    add_extension(certificate.get(), NID_subject_alt_name, "DNS:" + dns_name + ",IP:127.0.0.1");
    must(X509_sign(certificate.get(), signer_->key.get(), EVP_sha256()) > 0);
    const std::string stem = (directory_ / std::to_string(serial_++)).string();
    write_certificate(stem + ".pem", certificate.get());
    write_key(stem + ".key", key.get());
    return {stem + ".pem", stem + ".key"};
}

std::string Certificates::write(const std::string& name, const std::string& text) {
    const auto path = directory_ / name;
    std::ofstream(path) << text;
    return path.string();
}

}  // namespace sluice::test
