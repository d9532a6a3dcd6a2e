"""The made-up company 华辰科技, drawn from one seed: people, customers, two years of trade, and the files it keeps."""
