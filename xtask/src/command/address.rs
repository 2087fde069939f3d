//! What a site says of itself to those who link to it, once it is known where it will stand: canonical addresses, cards,
//! oEmbed, a map of the site.
//!
//! A chapter is a page with a `<lazy-limits figure=…>`; all that is said of it stands in the page already: its title, its
//! description, and the still of its figure with what that shows.

use std::fmt;
use std::fs;
use std::path::Path;
use std::str::FromStr;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

/// The name of the site.
const NAME: &str = "Lazy Limits";

/// The still beside a link, in pixels.
const STILL: (u32, u32) = (1200, 630);

/// What an oEmbed frame shows of a figure, and CSS pixels that it takes.
const FRAME: &str = "panels=risk&controls=rho&readouts=line&height=400";
const FRAME_SIZE: (u32, u32) = (800, 600);

/// Where a site will stand: an address of the web that ends with a slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address(String);

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/%[]@!$()*+,;=".contains(c);
        if rest.is_none_or(|rest| {
            rest.is_empty() || rest.starts_with('/') || !rest.chars().all(is_plain)
        }) {
            return Err(format!(
                "address is “{text}”, but must be one of the web without query and hash, such as https://example.org/lazy-limits/"
            ));
        }
        Ok(Self(format!("{}/", text.trim_end_matches('/'))))
    }
}

/// A page with a figure, as it speaks of itself. Texts are as they read, not as HTML writes them.
struct Chapter {
    /// Of its figure.
    name: String,
    /// Its file, from the top of the site.
    file: String,
    title: String,
    description: String,
    /// The still, from the top of the site.
    still: String,
    /// What that shows.
    alt: String,
}

impl Chapter {
    /// None if a page has no figure.
    fn read(file: &str, html: &str) -> Result<Option<Self>> {
        let Some(figure) = tag(html, "<lazy-limits ") else {
            return Ok(None);
        };
        let said = |what: Option<String>, name: &str| {
            what.with_context(|| format!("{file} has a figure, but no {name}"))
        };
        let title = html
            .split_once("<title>")
            .and_then(|(_, rest)| rest.split_once("</title>"));
        let description = tag(html, "<meta name=\"description\" ");
        let still = tag(html, "<img src=\"www/pictures/").unwrap_or_default();
        let drawing = said(attribute(&still, "src"), "still")?;
        Ok(Some(Self {
            name: said(attribute(&figure, "figure"), "name of it")?,
            file: file.to_owned(),
            title: said(title.map(|(text, _)| plain(text)).transpose()?, "title")?,
            description: said(
                description.and_then(|tag| attribute(&tag, "content")),
                "description",
            )?,
            still: drawing.replace(".svg", ".png"),
            alt: said(attribute(&still, "alt"), "words for its still")?,
        }))
    }

    fn url(&self, Address(base): &Address) -> String {
        format!(
            "{base}{}",
            if self.file == "index.html" {
                ""
            } else {
                &self.file
            }
        )
    }

    fn still(&self, Address(base): &Address) -> String {
        format!("{base}{}", self.still)
    }

    fn oembed(&self) -> String {
        format!("oembed/{}.json", self.name)
    }

    /// What stands in the head besides.
    fn tags(&self, address: &Address) -> String {
        let (url, still) = (self.url(address), self.still(address));
        let (width, height) = (STILL.0.to_string(), STILL.1.to_string());
        let oembed = format!("{}{}", address.0, self.oembed());
        let link = |rest: &str| format!("    <link {rest}>\n");
        let mut tags = link(&format!("rel=\"canonical\" href=\"{}\"", escaped(&url)));
        tags += &link(&format!(
            "rel=\"alternate\" type=\"application/json+oembed\" href=\"{}\" title=\"{}\"",
            escaped(&oembed),
            escaped(&self.title)
        ));
        let metas = [
            ("property", "og:type", "article"),
            ("property", "og:site_name", NAME),
            ("property", "og:title", &self.title),
            ("property", "og:description", &self.description),
            ("property", "og:url", &url),
            ("property", "og:locale", "en_GB"),
            ("property", "og:image", &still),
            ("property", "og:image:type", "image/png"),
            ("property", "og:image:width", &width),
            ("property", "og:image:height", &height),
            ("property", "og:image:alt", &self.alt),
            ("name", "twitter:card", "summary_large_image"),
            ("name", "twitter:title", &self.title),
            ("name", "twitter:description", &self.description),
            ("name", "twitter:image", &still),
            ("name", "twitter:image:alt", &self.alt),
        ]
        .map(|(attribute, name, content)| {
            let content = escaped(content);
            format!("    <meta {attribute}=\"{name}\" content=\"{content}\">\n")
        });
        tags + &metas.concat()
    }

    /// What a site that embeds links asks for: <https://oembed.com>, version 1.0.
    fn embedding(&self, address: &Address) -> Value {
        let (width, height) = FRAME_SIZE;
        let frame = format!("{}embed.html#v=1&figure={}&{FRAME}", address.0, self.name);
        json!({
            "type": "rich",
            "version": "1.0",
            "title": self.title,
            "provider_name": NAME,
            "provider_url": address.0,
            "html": format!(
                "<iframe src=\"{}\" width=\"{width}\" height=\"{height}\" title=\"{}\" loading=\"lazy\"></iframe>",
                escaped(&frame), escaped(&self.title)
            ),
            "width": width,
            "height": height,
            "thumbnail_url": self.still(address),
            "thumbnail_width": STILL.0,
            "thumbnail_height": STILL.1,
        })
    }
}

/// Says in a site that has been made in `directory` that it stands at `address`.
pub(crate) fn announce(directory: &Path, address: &Address) -> Result<()> {
    let mut names = Vec::new();
    for entry in fs::read_dir(directory)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| Path::new(name).extension().is_some_and(|end| end == "html"));
    names.sort();
    let mut places = Vec::new();
    for name in names {
        let file = directory.join(&name);
        let html = fs::read_to_string(&file)?;
        let Some(chapter) = Chapter::read(&name, &html)? else {
            continue;
        };
        fs::write(&file, with_tags(&html, &chapter.tags(address)))?;
        let oembed = directory.join(chapter.oembed());
        fs::create_dir_all(oembed.parent().unwrap_or(directory))?;
        fs::write(&oembed, format!("{:#}\n", chapter.embedding(address)))?;
        if !directory.join(&chapter.still).exists() {
            bail!("{name} has a still that is not there: {}", chapter.still);
        }
        places.push(chapter.url(address));
    }
    fs::write(directory.join("sitemap.xml"), map(&places))?;
    let robots = format!(
        "User-agent: *\nAllow: /\n\nSitemap: {}sitemap.xml\n",
        address.0
    );
    fs::write(directory.join("robots.txt"), robots)?;
    Ok(())
}

/// A page with more in its head.
fn with_tags(html: &str, tags: &str) -> String {
    html.replacen("</head>", &format!("{tags}</head>"), 1)
}

fn map(places: &[String]) -> String {
    let lines: Vec<_> = places
        .iter()
        .map(|place| format!("    <url><loc>{}</loc></url>\n", escaped(place)))
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{}</urlset>\n",
        lines.concat()
    )
}

/// The first tag that begins like this, on one line. There is no `>` in an attribute.
fn tag(html: &str, start: &str) -> Option<String> {
    let (_, rest) = html.split_once(start)?;
    let words: Vec<&str> = rest.split_once('>')?.0.split_whitespace().collect();
    Some(format!("{start}{}", words.join(" ")))
}

/// The value of an attribute of a tag, as it reads.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    plain(rest.split_once('"')?.0).ok()
}

/// The characters that HTML writes in another way, `&` first.
const ENTITIES: [(char, &str); 4] = [
    ('&', "&amp;"),
    ('<', "&lt;"),
    ('>', "&gt;"),
    ('"', "&quot;"),
];

/// A text as it reads: entities by their characters, and on one line.
fn plain(html: &str) -> Result<String> {
    let words: Vec<&str> = html.split_whitespace().collect();
    let mut text = words.join(" ");
    for (character, entity) in ENTITIES.iter().skip(1) {
        text = text.replace(entity, &character.to_string());
    }
    let rest = text.replace("&amp;", "");
    if rest.contains('&') {
        bail!(
            "“{html}” has an entity other than &amp;, &lt;, &gt; and &quot;: write the character itself"
        );
    }
    Ok(text.replace("&amp;", "&"))
}

/// A text as HTML and XML write it.
fn escaped(text: &str) -> String {
    let mut html = text.to_owned();
    for (character, entity) in ENTITIES {
        html = html.replace(character, entity);
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace;

    const PAGE: &str = "<html><head>\n<title>This &amp; \n    that</title>\n<meta name=\"description\" \
        content=\"“a” &lt; b &quot;c&quot;\">\n</head><body>\n<lazy-limits id=\"x\" figure=\"toy\"><img \
        src=\"www/pictures/toy.svg\" width=\"4\" \n    alt=\"Lines &amp; dots\"></lazy-limits>";

    fn site() -> Address {
        "https://example.org/a".parse().unwrap()
    }

    #[test]
    fn addresses_are_whole_and_end_with_a_slash() {
        assert_eq!(site(), Address("https://example.org/a/".to_owned()));
        assert!("http://localhost:8000".parse::<Address>().is_ok());
        for wrong in [
            "",
            "example.org",
            "https://",
            "https:///a",
            "https://a/?b",
            "https://a/#b",
            "https://a/\"b",
            "ftp://a/",
        ] {
            let refusal = wrong.parse::<Address>().unwrap_err();
            assert!(refusal.contains(&format!("“{wrong}”")), "{refusal}");
        }
    }

    #[test]
    fn a_page_speaks_of_itself_and_is_escaped_once() {
        let chapter = Chapter::read("toy.html", PAGE).unwrap().unwrap();
        assert_eq!(chapter.title, "This & that");
        assert_eq!(chapter.description, "“a” < b \"c\"");
        let tags = chapter.tags(&site());
        for line in [
            "<link rel=\"canonical\" href=\"https://example.org/a/toy.html\">",
            "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"https://example.org/a/oembed/toy.json\" title=\"This &amp; that\">",
            "<meta property=\"og:title\" content=\"This &amp; that\">",
            "<meta property=\"og:description\" content=\"“a” &lt; b &quot;c&quot;\">",
            "<meta property=\"og:image\" content=\"https://example.org/a/www/pictures/toy.png\">",
            "<meta property=\"og:image:alt\" content=\"Lines &amp; dots\">",
            "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        ] {
            assert!(tags.contains(line), "{line}\n{tags}");
        }
        let page = with_tags(PAGE, &tags);
        assert!(page.contains(&format!("{tags}</head><body>")));
        assert_eq!(page.replace(&tags, ""), PAGE);
    }

    #[test]
    fn what_embeds_a_link_gets_a_frame() {
        let chapter = Chapter::read("index.html", PAGE).unwrap().unwrap();
        assert_eq!(chapter.url(&site()), "https://example.org/a/");
        let answer = chapter.embedding(&site());
        assert_eq!(answer["title"], "This & that");
        let frame = answer["html"].as_str().unwrap();
        let source =
            "src=\"https://example.org/a/embed.html#v=1&amp;figure=toy&amp;panels=risk&amp;";
        assert!(frame.contains(source), "{frame}");
        assert!(frame.contains("title=\"This &amp; that\""), "{frame}");
    }

    #[test]
    fn a_page_without_a_figure_is_none_and_one_without_words_is_refused() {
        assert!(
            Chapter::read("embed.html", "<html><head></head>")
                .unwrap()
                .is_none()
        );
        let refusal = |from: &str, to: &str| {
            let page = PAGE.replace(from, to);
            Chapter::read("toy.html", &page)
                .err()
                .map(|error| error.to_string())
        };
        assert_eq!(refusal("figure", "figure").as_deref(), None);
        assert_eq!(
            refusal("alt=", "title=").as_deref(),
            Some("toy.html has a figure, but no words for its still")
        );
        assert_eq!(
            refusal("name=\"description\"", "name=\"other\"").as_deref(),
            Some("toy.html has a figure, but no description")
        );
        assert!(
            refusal("&amp;", "&nbsp;")
                .unwrap()
                .contains("has an entity other than")
        );
    }

    /// What the site is made from has all that is said of it.
    #[test]
    fn every_chapter_has_a_title_a_description_and_a_still() {
        let mut chapters = Vec::new();
        for entry in fs::read_dir(workspace::root()).unwrap() {
            let file = entry.unwrap().path();
            if file.extension().is_none_or(|end| end != "html") {
                continue;
            }
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let html = fs::read_to_string(&file).unwrap();
            if let Some(chapter) = Chapter::read(&name, &html).unwrap() {
                assert!(
                    workspace::path(&chapter.still).exists(),
                    "{}",
                    chapter.still
                );
                chapters.push(chapter.name);
            }
        }
        chapters.sort();
        assert_eq!(
            chapters,
            ["activation", "laziness", "mixture", "neuron", "quadratic"]
        );
    }
}
