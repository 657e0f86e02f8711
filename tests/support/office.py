"""Word and LibreOffice files made on the spot."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from odfdo import Document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="H1">'
    '<w:name w:val="heading 1"/></w:style></w:styles>'
)


def zipped(**parts):
    """Return a zip of `parts`; in their names `__` stands for a slash and `_` for a dot."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


def paragraph(words, style="", mark=""):
    """Return a paragraph of a Word file; `mark` is "b" or "i"."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    marked = f"<w:rPr><w:{mark}/></w:rPr>" if mark else ""
    return f'<w:p>{styled}<w:r>{marked}<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def word_file(*paragraphs, head="", **parts):
    """Return a Word file with these paragraphs."""
    body = f'{head}<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
    buffer = BytesIO(zipped(word__document_xml=body, word__styles_xml=STYLES, **parts))
    with ZipFile(buffer, "a", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS)
    return buffer.getvalue()


def open_document(*elements):
    """Return a LibreOffice text with these elements."""
    document = Document("text")
    document.body.clear()
    for element in elements:
        document.body.append(element)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
