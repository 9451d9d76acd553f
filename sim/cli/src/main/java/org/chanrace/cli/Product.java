package org.chanrace.cli;

/** Which product this is. */
final class Product {
    private Product() {}

    /** Its version, from the jar's manifest; classes in a folder have none, and are {@code unpackaged}. */
    static String version() {
        String version = Product.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
